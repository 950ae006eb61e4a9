import { When } from "@/components/when";
import { count, signed } from "@/lib/format";
import type { LedgerEntry } from "@/lib/types";
import { m } from "@/lib/messages";

/** Entries of the ledger, newest first: what came, why, when, and what the slayer had after it. */
export function LedgerList({ entries }: { entries: LedgerEntry[] }) {
  return (
    <ol className="divide-y divide-line">
      {entries.map((entry, at) => (
        <li key={at} className="flex items-baseline gap-3 py-2 first:pt-0 last:pb-0">
          <span className={`min-w-9 shrink-0 font-bold tabular-nums ${entry.points > 0 ? "text-gold" : "text-soft"}`}>
            {signed(entry.points)}
            <span className="sr-only">{m.slayer.pointsWord}</span>
          </span>
          <span className="min-w-0 flex-1 leading-snug">
            <span className="block [overflow-wrap:anywhere] first-letter:uppercase">{entry.reason}</span>
            <span className="text-xs text-soft">
              <When moment={entry.recorded_at} />
            </span>
          </span>
          <span className="shrink-0 text-sm text-soft tabular-nums" title={m.slayer.after(entry.balance)}>
            <span className="sr-only">{m.slayer.balanceOf}</span>
            {count(entry.balance)}
          </span>
        </li>
      ))}
    </ol>
  );
}
