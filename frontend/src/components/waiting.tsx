import { m } from "@/lib/messages";

interface WaitingProps {
  /** What is being waited for; read out. */
  label?: string;
  /** How many lines of the thing to come are hinted at. */
  lines?: number;
}

/** The outline of what is still coming. */
export function Waiting({ label = m.common.looking, lines = 3 }: WaitingProps) {
  return (
    <div role="status" className="grid gap-2.5">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" className="shimmer h-4 rounded" style={{ width: `${94 - line * 13}%` }} />
      ))}
    </div>
  );
}
