import { useState } from "react";
import { ApiError, messageOf } from "@/lib/api";

/**
 * Sends a form and keeps what went wrong: `fields` beside the inputs named in `known`, `problem` for the rest.
 */
export function useSubmit(known: readonly string[]) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [fields, setFields] = useState<Record<string, string | undefined>>({});

  async function submit(
    send: () => Promise<void>,
    onDone: () => void,
    onRefused: (fields: Record<string, string>) => void = () => undefined,
  ): Promise<void> {
    setBusy(true);
    setProblem(null);
    setFields({});
    try {
      await send();
      onDone();
    } catch (error) {
      const found = error instanceof ApiError ? error.fields : {};
      setFields(found);
      if (!known.some((name) => name in found)) setProblem(messageOf(error));
      setBusy(false);
      onRefused(found);
    }
  }

  /** A field was changed: what was said about its old value no longer holds. */
  function changed(names: string[]): void {
    setFields((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !names.includes(name))));
  }

  return { busy, problem, fields, submit, changed };
}
