import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/alert";
import { Card } from "@/components/card";
import { Field } from "@/components/field";
import { remove } from "@/lib/api";
import { m } from "@/lib/messages";
import { useSubmit } from "@/lib/use-submit";

interface AccountCardProps {
  onLeft: () => void;
  className?: string;
}

/** What belongs to the slayer: their data as a file, and the way out for good. */
export function AccountCard({ onLeft, className }: AccountCardProps) {
  const [leaving, setLeaving] = useState(false);
  return (
    <Card title={m.account.title} className={className ?? ""}>
      <div className="grid justify-items-start gap-2">
        <p className="text-sm text-soft">{m.account.export}</p>
        <a href="/me/export" download className="button button-small">
          {m.account.exportFile}
        </a>
      </div>
      <div className="grid justify-items-start gap-2 border-t border-line pt-4">
        {leaving ? (
          <LeaveForm onLeft={onLeft} onStay={() => setLeaving(false)} />
        ) : (
          <button type="button" className="button button-small button-danger" onClick={() => setLeaving(true)}>
            {m.account.leave}
          </button>
        )}
      </div>
    </Card>
  );
}

function LeaveForm({ onLeft, onStay }: { onLeft: () => void; onStay: () => void }) {
  const [password, setPassword] = useState("");
  const { busy, problem, fields, submit, changed } = useSubmit(["password"]);

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    void submit(() => remove("/me", { body: { password } }), onLeft);
  }

  return (
    <form className="grid w-full gap-3" onSubmit={onSubmit} noValidate>
      <p className="text-sm">{m.account.leaveAbout}</p>
      {problem ? <Alert>{problem}</Alert> : null}
      <Field
        label={m.gate.password}
        name="password"
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        error={fields.password}
        onText={(text) => {
          setPassword(text);
          changed(["password"]);
        }}
      />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="button button-small button-danger" disabled={busy || !password}>
          {busy ? m.account.leaving : m.account.leaveYes}
        </button>
        <button type="button" className="button button-small" disabled={busy} onClick={onStay}>
          {m.common.cancel}
        </button>
      </div>
    </form>
  );
}
