import { Icon } from "@/components/icon";
import { sourceTitle } from "@/lib/format";
import type { RoutineBlock as Routine } from "@/lib/types";
import { m } from "@/lib/messages";

/** A training routine: drills with their minutes, each opening to its steps. */
export function RoutineBlock({ block }: { block: Routine }) {
  return (
    <section className="rounded-xl border border-line" aria-label={block.title}>
      <header className="flex items-center justify-between gap-3 border-b border-line px-4 py-3">
        <h2>{block.title}</h2>
        <p className="inline-flex shrink-0 items-center gap-1.5 font-bold text-accent">
          <Icon name="clock" size={18} /> {m.plan.minutes(block.minutes)}
        </p>
      </header>
      <ol>
        {block.drills.map((drill, index) => (
          <li key={`${drill.source}-${drill.name}-${index}`} className="border-b border-line last:border-b-0">
            <details className="group px-4 py-3" open={index === 0}>
              <summary className="flex list-none items-baseline gap-3">
                <span className="grid size-6 shrink-0 place-items-center rounded-full bg-well text-sm font-bold tabular-nums">
                  {index + 1}
                </span>
                <span className="min-w-0 flex-1">
                  <span className="font-bold">{drill.name}</span>
                  <span className="block text-sm text-soft">{drill.focus}</span>
                </span>
                <span className="shrink-0 text-sm tabular-nums">{m.plan.minutes(drill.minutes)}</span>
              </summary>
              <div className="mt-3 ml-9 grid gap-2">
                <ol className="list-decimal pl-5 marker:font-bold marker:text-steel">
                  {drill.steps.map((step) => (
                    <li key={step} className="mt-1 first:mt-0">
                      {step}
                    </li>
                  ))}
                </ol>
                <p className="text-sm text-soft">{sourceTitle(drill.source)}</p>
              </div>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
