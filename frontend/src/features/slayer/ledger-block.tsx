import { LedgerList } from "@/features/slayer/ledger-list";
import type { LedgerBlock as Ledger } from "@/lib/types";
import { m } from "@/lib/messages";

export function LedgerBlock({ block }: { block: Ledger }) {
  return (
    <section aria-label={m.slayer.ledger} className="grid gap-3 rounded-xl border border-line p-4">
      <header className="flex items-baseline justify-between gap-3">
        <h2>{m.slayer.ledger}</h2>
        {block.entries.length > 0 ? <p className="text-sm text-soft">{m.slayer.balance}</p> : null}
      </header>
      {block.entries.length > 0 ? (
        <LedgerList entries={block.entries} />
      ) : (
        <p className="text-soft">{m.slayer.ledgerNone}</p>
      )}
    </section>
  );
}
