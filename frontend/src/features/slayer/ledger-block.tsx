import { LedgerList } from "@/features/slayer/ledger-list";
import type { LedgerBlock as Ledger } from "@/lib/types";

export function LedgerBlock({ block }: { block: Ledger }) {
  return (
    <section aria-label="Ledger" className="grid gap-3 rounded-xl border border-line p-4">
      <header className="flex items-baseline justify-between gap-3">
        <h2>Ledger</h2>
        {block.entries.length > 0 ? <p className="text-sm text-soft">Balance</p> : null}
      </header>
      {block.entries.length > 0 ? (
        <LedgerList entries={block.entries} />
      ) : (
        <p className="text-soft">Nothing is entered yet.</p>
      )}
    </section>
  );
}
