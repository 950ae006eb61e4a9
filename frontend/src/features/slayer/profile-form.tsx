import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/alert";
import type { Attributes } from "@/components/build";
import { BuildPicker } from "@/components/build-picker";
import { Field } from "@/components/field";
import { StylePicker } from "@/components/style-picker";
import { useToast } from "@/components/toasts";
import { changesOf, type Profile } from "@/features/slayer/profile";
import { TimezoneField } from "@/features/slayer/timezone-field";
import { useProfileChange } from "@/features/slayer/use-profile-change";
import { ApiError, messageOf } from "@/lib/api";
import { m } from "@/lib/messages";
import type { Me } from "@/lib/types";

interface ProfileFormProps {
  me: Me;
  onDone: () => void;
}

/** Name, style, build and clock. Only what was changed is sent. */
export function ProfileForm({ me, onDone }: ProfileFormProps) {
  const [form, setForm] = useState<Profile>(() => ({ ...me }));
  const tell = useToast();
  const change = useProfileChange();
  const set = (part: Partial<Profile>) => setForm((before) => ({ ...before, ...part }));
  const fields = change.error instanceof ApiError ? change.error.fields : {};
  const elsewhere = change.error && Object.keys(fields).length === 0;

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const wanted = changesOf(me, form);
    if (Object.keys(wanted).length === 0) {
      onDone();
      return;
    }
    change.mutate(wanted, {
      onSuccess: () => {
        tell(m.profile.saved);
        onDone();
      },
    });
  }

  return (
    <form className="grid gap-6" onSubmit={onSubmit} noValidate data-profile-form>
      {elsewhere ? <Alert>{messageOf(change.error)}</Alert> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={m.gate.name}
          name="name"
          autoComplete="nickname"
          required
          value={form.name}
          error={fields.name}
          onText={(name) => set({ name })}
        />
        <TimezoneField value={form.timezone} error={fields.timezone} onPick={(timezone) => set({ timezone })} />
      </div>
      <StylePicker
        value={form.breathing_style}
        error={fields.breathing_style}
        onPick={(breathing_style) => set({ breathing_style })}
      />
      <BuildPicker value={form} errors={fields} onChange={(part: Partial<Attributes>) => set(part)} />
      <div className="flex gap-2">
        <button type="submit" className="button button-strong" disabled={change.isPending}>
          {change.isPending ? m.common.saving : m.common.save}
        </button>
        <button type="button" className="button" disabled={change.isPending} onClick={onDone}>
          {m.common.cancel}
        </button>
      </div>
    </form>
  );
}
