import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { Alert } from "@/components/alert";
import { ATTRIBUTES } from "@/components/build";
import { BuildPicker } from "@/components/build-picker";
import { Field } from "@/components/field";
import { Icon } from "@/components/icon";
import { useShop } from "@/components/shop-context";
import { StylePicker } from "@/components/style-picker";
import { createSlayer, type SlayerForm } from "@/features/auth/auth-api";
import { m } from "@/lib/messages";
import { useSubmit } from "@/lib/use-submit";

/** What each step asks for; a refusal leads back to the first step that it is about. */
const STEPS = [["breathing_style"], ATTRIBUTES.map((one) => one.name as string), ["handle", "password", "name"]];
const LAST = STEPS.length - 1;

/** A new slayer in three short steps: breath, build, name. */
export function CreateSlayerForm({ onEntered }: { onEntered: () => void }) {
  const { styles } = useShop();
  const [step, setStep] = useState(0);
  const [form, setForm] = useState<SlayerForm>({
    handle: "",
    password: "",
    name: "",
    breathing_style: styles[0]?.name ?? "",
    level: 1,
    strength: 50,
    dexterity: 50,
    stamina: 50,
  });
  const { busy, problem, fields, submit, changed } = useSubmit([...STEPS.flat(), "timezone"]);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) heading.current?.focus();
  }, [step]);

  function set(change: Partial<SlayerForm>) {
    setForm((before) => ({ ...before, ...change }));
    changed(Object.keys(change));
  }

  function go(to: number) {
    moved.current = true;
    setStep(to);
  }

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    if (step < LAST) {
      go(step + 1);
      return;
    }
    void submit(
      () => createSlayer(form),
      onEntered,
      (refused) => {
        const at = STEPS.findIndex((names) => names.some((name) => name in refused));
        if (at !== -1 && at !== step) go(at);
      },
    );
  }

  return (
    <form className="grid gap-6" onSubmit={onSubmit} noValidate>
      <div className="grid gap-2">
        <h2 ref={heading} tabIndex={-1} className="text-xl outline-none">
          {m.gate.stepOf(step + 1, STEPS.length, m.gate.steps[step] ?? "")}
        </h2>
        <span aria-hidden="true" className="grid grid-cols-3 gap-1.5">
          {STEPS.map((_, at) => (
            <span key={at} className={`h-1 rounded-full ${at <= step ? "bg-accent" : "bg-ink/12"}`} />
          ))}
        </span>
      </div>
      {problem ? <Alert>{problem}</Alert> : null}
      {fields.timezone ? <Alert>{fields.timezone}</Alert> : null}
      {step === 0 ? (
        <StylePicker
          value={form.breathing_style}
          error={fields.breathing_style}
          onPick={(breathing_style) => set({ breathing_style })}
        />
      ) : null}
      {step === 1 ? <BuildPicker value={form} errors={fields} onChange={set} /> : null}
      {step === LAST ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <div className="sm:col-span-2">
            <Field
              label={m.gate.name}
              name="name"
              autoComplete="nickname"
              required
              value={form.name}
              error={fields.name}
              hint={m.gate.nameHint}
              onText={(name) => set({ name })}
            />
          </div>
          <Field
            label={m.gate.handle}
            name="handle"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={form.handle}
            error={fields.handle}
            hint={m.gate.handleHint}
            onText={(handle) => set({ handle })}
          />
          <Field
            label={m.gate.password}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            value={form.password}
            error={fields.password}
            hint={m.gate.passwordHint}
            onText={(password) => set({ password })}
          />
        </div>
      ) : null}

      <div className="flex gap-2">
        {step > 0 ? (
          <button type="button" className="button min-h-12" disabled={busy} onClick={() => go(step - 1)}>
            <Icon name="back" /> {m.gate.back}
          </button>
        ) : null}
        <button type="submit" className="button button-strong min-h-12 flex-1" disabled={busy}>
          {step < LAST ? m.gate.onward : busy ? m.gate.entering : m.gate.enter}
        </button>
      </div>
      <p className="text-center text-sm text-soft">{m.gate.clock(Intl.DateTimeFormat().resolvedOptions().timeZone)}</p>
    </form>
  );
}
