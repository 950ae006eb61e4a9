import { useEffect, useRef, type ReactNode } from "react";

interface ConfirmProps {
  question: ReactNode;
  yes: string;
  no: string;
  busy?: boolean;
  problem?: string | null;
  onYes: () => void;
  onNo: () => void;
}

/** Asks once more, in place. The safe answer has the focus; Escape gives it. */
export function Confirm({ question, yes, no, busy = false, problem = null, onYes, onNo }: ConfirmProps) {
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  return (
    <div
      role="group"
      className="grid gap-2 rounded-lg bg-well p-3"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onNo();
      }}
    >
      <p className="text-sm">{question}</p>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="button button-small button-danger" disabled={busy} onClick={onYes}>
          {yes}
        </button>
        <button ref={safe} type="button" className="button button-small" disabled={busy} onClick={onNo}>
          {no}
        </button>
      </div>
      {problem ? (
        <p role="alert" className="text-sm font-medium text-vermilion">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
