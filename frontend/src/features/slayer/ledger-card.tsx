import { useState } from "react";
import { Card } from "@/components/card";
import { Loaded } from "@/components/loaded";
import { LedgerList } from "@/features/slayer/ledger-list";
import { useLedger } from "@/features/slayer/record";
import { m } from "@/lib/messages";

const PAGE = 8;
const MOST = 200;

/** The ledger, newest first; more of it on request. */
export function LedgerCard({ className }: { className?: string }) {
  const [limit, setLimit] = useState(PAGE);
  const ledger = useLedger(limit);
  return (
    <Card title={m.slayer.ledger} aside={m.slayer.balance} className={className ?? ""}>
      <Loaded source={ledger} lines={5}>
        {({ items, next_before: further }) =>
          items.length === 0 ? (
            <p className="text-soft">{m.slayer.ledgerHint}</p>
          ) : (
            <>
              <LedgerList entries={items} />
              {further !== null && limit < MOST ? (
                <button
                  type="button"
                  className="button button-small w-fit"
                  onClick={() => setLimit(Math.min(MOST, limit * 4))}
                >
                  {m.common.more}
                </button>
              ) : null}
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
