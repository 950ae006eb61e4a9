import { Alert } from "@/components/alert";
import { RetryButton } from "@/components/retry-button";
import { Icon } from "@/components/icon";
import { tracePath } from "@/features/chat/chat-api";
import { foundIn, isSame, rankWords, unsought, weaponName } from "@/features/chat/trace";
import { sourceTitle } from "@/lib/format";
import type { Trace, TraceHit, TraceSearch, TraceUse } from "@/lib/types";
import { useFetched } from "@/lib/use-fetched";
import { m } from "@/lib/messages";

/** So many passages of a search are shown at once, and those that were used. */
const FIRST = 3;

/** How the Coach came to an answer: the question as understood, what was searched, found and used, what was held back. */
export function WhyPanel({ threadId, turnId }: { threadId: string; turnId: string }) {
  const { data, problem, retry } = useFetched<{ items: Trace[] }>(tracePath(threadId, turnId));
  if (problem) {
    return <Alert action={<RetryButton onRetry={retry} />}>{problem}</Alert>;
  }
  if (!data) return <p className="text-sm text-soft">{m.why.looking}</p>;
  if (data.items.length === 0) {
    return <p className="text-sm text-soft">{m.why.none}</p>;
  }
  return (
    <div className="grid gap-4 rounded-lg bg-paper p-3 text-sm sm:p-4" data-why={turnId}>
      {data.items.map((trace, index) => (
        <How key={index} trace={trace} />
      ))}
    </div>
  );
}

function How({ trace }: { trace: Trace }) {
  const opened = unsought(trace);
  return (
    <section className="grid gap-3 border-line not-first:border-t not-first:pt-4">
      {trace.why ? <p className="font-medium">{trace.why}</p> : null}
      <dl className="grid gap-x-4 gap-y-1 [overflow-wrap:anywhere] sm:grid-cols-[auto_1fr]">
        <dt className="text-soft">{m.why.understood}</dt>
        <dd>
          {trace.question}
          {trace.weapon ? <span className="text-soft"> · {weaponName(trace.weapon)}</span> : null}
        </dd>
        {trace.asked !== trace.question ? (
          <>
            <dt className="text-soft">{m.why.asked}</dt>
            <dd>{trace.asked}</dd>
          </>
        ) : null}
      </dl>
      {trace.searches.map((search, index) => (
        <Search key={index} search={search} used={trace.used} />
      ))}
      {opened.length > 0 ? (
        <div>
          <h3 className="font-sans font-bold">{m.why.opened}</h3>
          <ol className="mt-1 grid gap-1">
            {opened.map((one, index) => (
              <Place key={index} place={one} used={one.n} />
            ))}
          </ol>
        </div>
      ) : null}
      {trace.dropped.length > 0 ? (
        <div>
          <h3 className="font-sans font-bold">{m.why.heldBack}</h3>
          <ul className="mt-1 list-disc pl-5 text-soft">
            {trace.dropped.map((sentence, index) => (
              <li key={index}>{sentence}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

function Search({ search, used }: { search: TraceSearch; used: TraceUse[] }) {
  const where = foundIn(search);
  const hits = search.hits.map((hit) => ({ hit, n: used.find((one) => isSame(one, hit))?.n ?? null }));
  const shown = hits.filter(({ n }, index) => index < FIRST || n !== null);
  const rest = hits.filter((one) => !shown.includes(one));
  return (
    <div>
      <h3 className="font-sans font-bold [overflow-wrap:anywhere]">
        {m.why.searched(search.query)}
        {where ? <span className="font-normal text-soft"> {where}</span> : null}
      </h3>
      {hits.length === 0 ? <p className="mt-1 text-soft">{m.why.nothing}</p> : null}
      <Hits hits={shown} />
      {rest.length > 0 ? (
        <details>
          <summary className="mt-1 w-fit text-soft">{m.why.more(rest.length)}</summary>
          <Hits hits={rest} />
        </details>
      ) : null}
    </div>
  );
}

function Hits({ hits }: { hits: { hit: TraceHit; n: number | null }[] }) {
  return (
    <ol className="mt-1 grid gap-1">
      {hits.map(({ hit, n }, index) => (
        <Place key={index} place={hit} used={n} words={rankWords(hit)} />
      ))}
    </ol>
  );
}

interface PlaceProps {
  place: { source: string; section: string };
  /** The number under which the answer cites it; null where it does not. */
  used: number | null;
  /** How it was found. */
  words?: string;
}

function Place({ place, used, words }: PlaceProps) {
  return (
    <li className="flex items-baseline gap-2" data-used={used ?? undefined}>
      {used === null ? (
        <span aria-hidden="true" className="w-4 shrink-0 text-center text-soft">
          ·
        </span>
      ) : (
        <span className="w-4 shrink-0 translate-y-0.5 text-moss">
          <Icon name="done" size={16} />
        </span>
      )}
      <span className="min-w-0 flex-1">
        <span className={used === null ? "" : "font-medium"}>
          {sourceTitle(place.source)} · {place.section}
        </span>
        <span className="block text-soft">
          {[used === null ? null : m.why.used(used), words].filter(Boolean).join(" · ")}
        </span>
      </span>
    </li>
  );
}
