import { useId, type ComponentProps } from "react";

interface FieldProps extends Omit<ComponentProps<"input">, "onChange" | "id"> {
  label: string;
  error?: string | undefined;
  hint?: string;
  onText: (text: string) => void;
}

/** A labelled text input with its complaint below it. */
export function Field({ label, error, hint, onText, ...input }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <input
        {...input}
        id={id}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => onText(event.target.value)}
      />
      {note ? (
        <p id={`${id}-note`} className={`text-sm ${error ? "font-medium text-vermilion" : "text-soft"}`}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
