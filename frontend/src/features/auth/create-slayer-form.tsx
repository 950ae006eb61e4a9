import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/alert";
import { Field } from "@/components/field";
import { useShop } from "@/components/shop-context";
import { createSlayer, type SlayerForm } from "@/features/auth/auth-api";
import { StylePicker } from "@/features/auth/style-picker";
import { useSubmit } from "@/features/auth/use-submit";

const ATTRIBUTES = [
  { name: "level", label: "Level", low: 1, about: "how far your training has come" },
  { name: "strength", label: "Strength", low: 0, about: "what you can swing all day" },
  { name: "dexterity", label: "Dexterity", low: 0, about: "how fine your cuts are" },
  { name: "stamina", label: "Stamina", low: 0, about: "how long your breath lasts" },
] as const;

const FIELDS = ["handle", "password", "name", "breathing_style", "timezone", ...ATTRIBUTES.map((one) => one.name)];

export function CreateSlayerForm({ onEntered }: { onEntered: () => void }) {
  const { styles } = useShop();
  const [form, setForm] = useState<SlayerForm>({
    handle: "",
    password: "",
    name: "",
    breathing_style: styles[0]?.name ?? "",
    level: 10,
    strength: 50,
    dexterity: 50,
    stamina: 50,
  });
  const { busy, problem, fields, submit, changed } = useSubmit(FIELDS);
  function set(change: Partial<SlayerForm>) {
    setForm((before) => ({ ...before, ...change }));
    changed(Object.keys(change));
  }

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    void submit(() => createSlayer(form), onEntered);
  }

  return (
    <form className="grid gap-6" onSubmit={onSubmit} noValidate>
      {problem ? <Alert>{problem}</Alert> : null}
      {fields.timezone ? <Alert>{fields.timezone}</Alert> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Handle"
          name="handle"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={form.handle}
          error={fields.handle}
          hint="What you sign in with."
          onText={(handle) => set({ handle })}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          value={form.password}
          error={fields.password}
          hint="At least 8 characters."
          onText={(password) => set({ password })}
        />
        <div className="sm:col-span-2">
          <Field
            label="Slayer name"
            name="name"
            autoComplete="nickname"
            required
            value={form.name}
            error={fields.name}
            hint="What the dojo calls you."
            onText={(name) => set({ name })}
          />
        </div>
      </div>

      <StylePicker
        value={form.breathing_style}
        error={fields.breathing_style}
        onPick={(breathing_style) => set({ breathing_style })}
      />

      <fieldset className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <legend className="label mb-2">Your build</legend>
        {ATTRIBUTES.map(({ name, label, low, about }) => (
          <label key={name} className="grid gap-1">
            <span className="flex items-baseline justify-between gap-2">
              <span>
                <span className="font-medium">{label}</span> <span className="text-sm text-soft">{about}</span>
              </span>
              <output className="font-bold tabular-nums">{form[name]}</output>
            </span>
            <input
              type="range"
              name={name}
              min={low}
              max={100}
              value={form[name]}
              aria-label={label}
              className="h-7 w-full"
              onChange={(event) => set({ [name]: Number(event.target.value) })}
            />
            {fields[name] ? <span className="text-sm font-medium text-vermilion">{fields[name]}</span> : null}
          </label>
        ))}
      </fieldset>

      <button type="submit" className="button button-strong min-h-12" disabled={busy}>
        {busy ? "Entering the dojo…" : "Enter the dojo"}
      </button>
      <p className="text-center text-sm text-soft">
        Training days follow your clock: {Intl.DateTimeFormat().resolvedOptions().timeZone}
      </p>
    </form>
  );
}
