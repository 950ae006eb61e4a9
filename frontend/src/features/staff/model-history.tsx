import { When } from "@/components/when";
import type { Change } from "@/features/staff/change-dialog";
import { figure, METRICS } from "@/features/staff/metrics";
import { count } from "@/lib/format";
import { s } from "@/lib/messages/staff";
import type { ModelBook, ModelOnRecord } from "@/lib/types";

const HEAD = "pb-2 pr-3 text-left align-bottom text-sm font-bold text-soft";
const CELL = "pt-3 align-top";
/** Columns that a narrow screen goes without: they stand in the champion's card and in the dialog too. */
const WIDE = "max-xl:hidden";

interface ModelHistoryProps {
  book: ModelBook;
  onChange: (change: Change) => void;
}

/** Every model on record with what it measured, what the gate said, and the way to promote it. */
export function ModelHistory({ book, onChange }: ModelHistoryProps) {
  const champion = book.items.find((model) => model.version === book.champion) ?? null;
  return (
    <table className="w-full text-[0.95rem] tabular-nums" data-history>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>
            {s.model.columns.version}
          </th>
          {METRICS.map(({ name, label }, at) => (
            <th key={name} scope="col" className={`${HEAD} ${at > 1 ? WIDE : at > 0 ? "max-sm:hidden" : ""}`}>
              {label}
            </th>
          ))}
          <th scope="col" className={`${HEAD} max-sm:hidden`}>
            {s.model.battles}
          </th>
          <th scope="col" className="pb-2">
            <span className="sr-only">{s.model.columns.action}</span>
          </th>
        </tr>
      </thead>
      {book.items.map((model) => (
        <Row key={model.version} model={model} champion={champion} onChange={onChange} />
      ))}
    </table>
  );
}

interface RowProps {
  model: ModelOnRecord;
  champion: ModelOnRecord | null;
  onChange: (change: Change) => void;
}

function Row({ model, champion, onChange }: RowProps) {
  const leads = model.version === champion?.version;
  return (
    <tbody className="border-t border-line" data-version={model.version}>
      <tr>
        <th scope="row" className={`${CELL} pr-3 text-left font-normal`}>
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-bold">{s.version(model.version)}</span>
            {model.aliases.includes("champion") ? (
              <span className="tag border-accent/60 text-ink">{s.model.champion}</span>
            ) : null}
            {model.aliases.includes("previous") ? <span className="tag">{s.model.previous}</span> : null}
          </span>
          <span className="block text-sm whitespace-nowrap text-soft">
            <When moment={model.created_at} />
          </span>
        </th>
        {METRICS.map((metric, at) => (
          <td key={metric.name} className={`${CELL} pr-3 ${at > 1 ? WIDE : at > 0 ? "max-sm:hidden" : ""}`}>
            {figure(model, metric)}
          </td>
        ))}
        <td className={`${CELL} pr-3 max-sm:hidden`}>
          {model.trained_rows === null ? s.model.missing : count(model.trained_rows)}
        </td>
        <td className={`${CELL} text-right`}>
          {leads ? null : model.decision === "release" ? (
            <button
              type="button"
              className="button button-small"
              aria-label={s.model.promoteOne(model.version)}
              onClick={() => onChange({ kind: "promote", from: champion, to: model })}
            >
              {s.model.promote}
            </button>
          ) : null}
        </td>
      </tr>
      <tr>
        <td colSpan={METRICS.length + 3} className="pt-1 pb-3 text-sm text-soft">
          <span className={`font-bold ${model.decision === "hold" ? "text-vermilion" : "text-moss"}`}>
            {s.model.decision[model.decision]}
          </span>
          {model.reason ? ` · ${model.reason}` : null}
        </td>
      </tr>
    </tbody>
  );
}
