interface MeterProps {
  /** 0..1 */
  value: number;
  label: string;
  tone?: "accent" | "gold";
}

/** A bar for a share; `label` says in words what it shows. */
export function Meter({ value, label, tone = "accent" }: MeterProps) {
  const share = Math.max(0, Math.min(1, value));
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className="block h-1.5 w-full overflow-hidden rounded-full bg-ink/12"
    >
      <span
        className={`block h-full rounded-full ${tone === "gold" ? "bg-gold" : "bg-accent"}`}
        style={{ width: `${share * 100}%` }}
      />
    </span>
  );
}
