import { m } from "@/lib/messages";

/** The mark: a blade across an enso. */
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 40 40" width={size} height={size} className="shrink-0">
      <path
        d="M31.5 12A14.5 14.5 0 1 0 34 24"
        fill="none"
        stroke="var(--vermilion)"
        strokeWidth="3.4"
        strokeLinecap="round"
      />
      <path d="M10 29.5 32.5 6.2c1.5-.8 2-.1 1.4 1.3L12.3 31.8z" fill="currentColor" />
      <path d="m8.8 26.8 5 5" stroke="var(--gold)" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M11 29.8 7 33.8" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-ink">
      <Mark size={32} />
      <span className="font-display text-xl font-extrabold tracking-tight">{m.shop}</span>
    </span>
  );
}
