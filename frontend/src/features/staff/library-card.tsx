import { Card } from "@/components/card";
import { Loaded } from "@/components/loaded";
import { When } from "@/components/when";
import { useWatched } from "@/features/staff/use-watched";
import { count } from "@/lib/format";
import { s } from "@/lib/messages/staff";
import type { LibraryState } from "@/lib/types";

const EVERY = 15_000;

/** What the library holds, which generation serves, and how the last ingestion ended. */
export function LibraryCard() {
  const library = useWatched<LibraryState>("/staff/library", EVERY);
  return (
    <Card title={s.library.title}>
      <Loaded source={library}>
        {(found) => (
          <div className="grid gap-3" data-library={found.documents}>
            {found.documents === 0 ? (
              <p className="text-soft">{s.library.empty}</p>
            ) : (
              <dl className="grid grid-cols-3 gap-3">
                <Figure label={s.library.documents} value={found.documents} />
                <Figure label={s.library.passages} value={found.passages} />
                <Figure label={s.library.weapons} value={found.weapons} />
              </dl>
            )}
            {found.generation ? (
              <p className="text-sm text-soft">
                {s.library.generation} <code className="[overflow-wrap:anywhere] text-ink">{found.generation}</code>
                {found.made_at ? (
                  <>
                    , {s.library.made} <When moment={found.made_at} />
                  </>
                ) : null}
              </p>
            ) : null}
            <LastIngestion last={found.last_ingestion} />
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-sm leading-snug text-soft">{label}</dt>
      <dd className="text-xl font-bold tabular-nums">{count(value)}</dd>
    </div>
  );
}

function LastIngestion({ last }: { last: LibraryState["last_ingestion"] }) {
  if (!last) return <p className="text-sm text-soft">{s.library.lastNone}</p>;
  const more = last.refused - last.refused_files.length;
  return (
    <div className="grid gap-1 border-t border-line pt-3">
      <h3 className="text-base">{s.library.last}</h3>
      <p className="text-sm text-soft">
        <When moment={last.ended_at} /> · {s.library.counts(last.added, last.changed, last.unchanged, last.removed)}
        {last.passages_embedded > 0
          ? ` · ${s.library.embedded(last.passages_embedded, last.seconds.toFixed(1))}`
          : null}
      </p>
      {last.refused === 0 ? (
        <p className="text-sm text-soft">{s.library.refusedNone}</p>
      ) : (
        <details className="text-sm">
          <summary className="w-fit font-medium text-vermilion">{s.library.refused(last.refused)}</summary>
          <ul className="mt-1.5 grid gap-1.5">
            {last.refused_files.map((file) => (
              <li key={file.source}>
                <code className="[overflow-wrap:anywhere]">{file.source}</code>
                <span className="block text-soft [overflow-wrap:anywhere]">{file.reason}</span>
              </li>
            ))}
            {more > 0 ? <li className="text-soft">{s.library.refusedMore(more)}</li> : null}
          </ul>
        </details>
      )}
    </div>
  );
}
