import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/alert";
import { Field } from "@/components/field";
import { signIn } from "@/features/auth/auth-api";
import { m } from "@/lib/messages";
import { useSubmit } from "@/lib/use-submit";

export function SignInForm({ onEntered }: { onEntered: () => void }) {
  const [handle, setHandle] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, fields, submit, changed } = useSubmit(["handle", "password"]);

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    void submit(() => signIn(handle, password), onEntered);
  }

  return (
    <form className="grid gap-4" onSubmit={onSubmit} noValidate>
      {problem ? <Alert>{problem}</Alert> : null}
      <Field
        label={m.gate.handle}
        name="handle"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={handle}
        error={fields.handle}
        onText={(text) => {
          setHandle(text);
          changed(["handle"]);
        }}
      />
      <Field
        label={m.gate.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        error={fields.password}
        onText={(text) => {
          setPassword(text);
          changed(["password"]);
        }}
      />
      <button type="submit" className="button button-strong min-h-12" disabled={busy}>
        {busy ? m.gate.signingIn : m.gate.signIn}
      </button>
    </form>
  );
}
