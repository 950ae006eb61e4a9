import { useRef, useState } from "react";
import { Alert } from "@/components/alert";
import { Card } from "@/components/card";
import { Loaded } from "@/components/loaded";
import { RetryButton } from "@/components/retry-button";
import { ChampionCard } from "@/features/staff/champion-card";
import { ChangeDialog, type Change } from "@/features/staff/change-dialog";
import { ModelHistory } from "@/features/staff/model-history";
import { useWatched } from "@/features/staff/use-watched";
import { s } from "@/lib/messages/staff";
import type { ModelBook } from "@/lib/types";

const EVERY = 20_000;

/** The champion, every model on record, and the way to change the one for another. */
export function ModelSection() {
  const book = useWatched<ModelBook>("/staff/models", EVERY);
  const [change, setChange] = useState<Change | null>(null);
  const champion = useRef<HTMLHeadingElement>(null);
  return (
    <Loaded source={book} lines={6}>
      {(found) => (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[22rem_minmax(0,1fr)]">
          <ChampionCard book={found} headingRef={champion} onChange={setChange} />
          <Card title={s.model.history} about={s.model.historyAbout}>
            {found.unavailable ? (
              <Alert action={<RetryButton onRetry={book.retry} />}>
                <strong>{s.model.unavailable}.</strong> {found.unavailable}
              </Alert>
            ) : found.items.length === 0 ? (
              <p className="text-soft">{s.model.none}</p>
            ) : (
              <ModelHistory book={found} onChange={setChange} />
            )}
          </Card>
          {change ? (
            <ChangeDialog
              change={change}
              onClose={() => setChange(null)}
              onDone={() => {
                setChange(null);
                champion.current?.focus();
              }}
            />
          ) : null}
        </div>
      )}
    </Loaded>
  );
}
