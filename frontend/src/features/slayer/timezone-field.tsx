import { useId } from "react";
import { m } from "@/lib/messages";

interface TimezoneFieldProps {
  value: string;
  error?: string | undefined;
  onPick: (timezone: string) => void;
}

/** The slayer's clock; the browser's own zone is offered where it is another one. */
export function TimezoneField({ value, error, onPick }: TimezoneFieldProps) {
  const id = useId();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([value, here, "UTC", ...Intl.supportedValuesOf("timeZone")])];
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="label">
        {m.profile.timezone}
      </label>
      <select
        id={id}
        name="timezone"
        className="input"
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note`}
        onChange={(event) => onPick(event.target.value)}
      >
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </select>
      <p id={`${id}-note`} className={`text-sm ${error ? "font-medium text-vermilion" : "text-soft"}`}>
        {error ?? m.profile.timezoneHint}
      </p>
      {here !== value ? (
        <p className="text-sm">
          {m.profile.timezoneHere(here)}.{" "}
          <button type="button" className="font-medium text-accent underline" onClick={() => onPick(here)}>
            {m.profile.timezoneUse}
          </button>
        </p>
      ) : null}
    </div>
  );
}
