import { useId, type RefObject } from "react";
import { Icon } from "@/components/icon";
import { When } from "@/components/when";
import type { Change } from "@/features/staff/change-dialog";
import { figure, METRICS } from "@/features/staff/metrics";
import { useServed } from "@/features/staff/use-served";
import { s } from "@/lib/messages/staff";
import type { ModelBook, ModelOnRecord, ServedModel } from "@/lib/types";

interface ChampionCardProps {
  book: ModelBook;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onChange: (change: Change) => void;
}

/** The champion with what it measured, whether it is the one that answers, and the way back to the one before. */
export function ChampionCard({ book, headingRef, onChange }: ChampionCardProps) {
  const id = useId();
  const served = useServed(book);
  const champion = book.items.find((model) => model.version === book.champion);
  const previous = book.items.find((model) => model.version === book.previous && model !== champion);
  return (
    <section
      aria-labelledby={id}
      className="card grid content-start gap-4 border-accent/50 p-4 sm:p-5"
      data-champion={book.champion ?? ""}
    >
      <header className="grid gap-1">
        <p className="label">{s.model.champion}</p>
        <h2 id={id} ref={headingRef} tabIndex={-1} className="text-3xl outline-none">
          {champion ? s.version(champion.version) : s.model.noChampion}
        </h2>
        {champion ? <Origin model={champion} /> : null}
      </header>
      <Serving served={served} champion={book.champion} unavailable={book.unavailable} />
      {champion ? (
        <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
          {METRICS.map((metric) => (
            <div key={metric.name}>
              <dt className="text-sm text-soft">{metric.label}</dt>
              <dd className="text-lg font-bold tabular-nums">{figure(champion, metric)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {champion && previous ? (
        <button
          type="button"
          className="button w-full"
          onClick={() => onChange({ kind: "rollback", from: champion, to: previous })}
        >
          <Icon name="back" /> {s.model.rollBack(previous.version)}
        </button>
      ) : champion ? (
        <p className="text-sm text-soft">{s.model.noPrevious}</p>
      ) : null}
    </section>
  );
}

function Origin({ model }: { model: ModelOnRecord }) {
  return (
    <p className="text-sm text-soft">
      {s.model.registered} <When moment={model.created_at} />
      {model.trained_rows === null ? null : <>, {s.model.learned(model.trained_rows)}</>}
      {model.watermark === null ? null : <>, {s.model.ownBattles(model.watermark)}</>}
    </p>
  );
}

interface ServingProps {
  served: ServedModel;
  champion: string | null;
  unavailable: string | null;
}

/** What answers now. While that is not the champion yet, it says so until it is. */
function Serving({ served, champion, unavailable }: ServingProps) {
  const settled = served.version !== null && (champion === null || served.version === champion);
  return (
    <div
      role="status"
      className="grid gap-1 rounded-lg bg-well px-3 py-2.5"
      data-served={served.version ?? ""}
      data-settled={settled}
    >
      {settled ? (
        <p className="flex items-center gap-2 font-medium">
          <span className="text-moss">
            <Icon name="done" />
          </span>
          {s.model.served(served.version ?? "")}
        </p>
      ) : champion === null ? (
        <p>{s.model.servedNone}</p>
      ) : (
        <>
          <span aria-hidden="true" className="brush" />
          <p>
            {served.version === null ? s.model.swappingFirst(champion) : s.model.swapping(served.version, champion)}
          </p>
        </>
      )}
      {unavailable && served.version ? <p className="text-sm text-soft">{s.model.serves(served.version)}</p> : null}
      {served.trouble && !unavailable ? (
        <p className="text-sm text-vermilion">
          {s.model.trouble} {served.trouble}
        </p>
      ) : null}
    </div>
  );
}
