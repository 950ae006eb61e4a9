import { useState } from "react";
import { Alert } from "@/components/alert";
import { Icon } from "@/components/icon";
import { Meter } from "@/components/meter";
import { hasEnded, loadOf, stageOf, UNSEEN, writerOf } from "@/features/chat/plan";
import { messageOf, post } from "@/lib/api";
import { percent, sourceTitle } from "@/lib/format";
import type { PlanBlock as Block, PlanState, PlannedWeek, TrainingPlan } from "@/lib/types";
import { usePolled } from "@/lib/use-polled";
import { m } from "@/lib/messages";

/** A training plan: how far it is, a way to cancel it, and then its weeks. */
export function PlanBlock({ block }: { block: Block }) {
  const path = `/coach/plans/${encodeURIComponent(block.plan_id)}`;
  const { state, gone, setState } = usePolled<PlanState>(path, UNSEEN, hasEnded);
  const [problem, setProblem] = useState<string | null>(null);
  const cancel = () =>
    post<PlanState>(`${path}/cancel`, {}).then(setState, (error: unknown) => setProblem(messageOf(error)));

  if (gone !== null || state.status === "failed") return <Alert>{gone ?? state.error ?? m.plan.failed}</Alert>;
  if (state.status === "cancelled") return <p className="text-soft">{m.plan.cancelled(block.title)}</p>;
  if (state.plan) return <Weeks plan={state.plan} writer={writerOf(state)} />;
  return (
    <section className="grid gap-3 rounded-xl border border-line p-4" aria-label={block.title}>
      <header className="flex items-center justify-between gap-3">
        <h2>{block.title}</h2>
        <button type="button" className="button button-small" onClick={() => void cancel()}>
          {m.common.cancel}
        </button>
      </header>
      <Meter value={state.progress} label={m.plan.written(percent(state.progress))} />
      <p role="status" className="text-sm text-soft">
        {stageOf(state)}
      </p>
      {problem ? <Alert>{problem}</Alert> : null}
    </section>
  );
}

function Weeks({ plan, writer }: { plan: TrainingPlan; writer: string | null }) {
  return (
    <section className="rounded-xl border border-line" aria-label={plan.title}>
      <header className="border-b border-line px-4 py-3">
        <h2>{plan.title}</h2>
        {writer ? <p className="text-sm text-soft">{writer}</p> : null}
      </header>
      <ol>
        {plan.weeks.map((week) => (
          <li key={week.number} className="border-b border-line last:border-b-0">
            <Week week={week} open={week.number === 1} />
          </li>
        ))}
      </ol>
      {plan.notes.length > 0 ? (
        <ul className="grid gap-1 border-t border-line px-4 py-3 text-sm text-soft">
          {plan.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Week({ week, open }: { week: PlannedWeek; open: boolean }) {
  return (
    <details className="group px-4 py-3" open={open}>
      <summary className="flex list-none items-baseline gap-3">
        <span className="grid size-6 shrink-0 place-items-center rounded-full bg-well text-sm font-bold tabular-nums">
          {week.number}
        </span>
        <span className="min-w-0 flex-1 font-bold">
          <span className="sr-only">{m.plan.week(week.number)}</span>
          {week.focus}
        </span>
        <span className="shrink-0 text-sm tabular-nums">{loadOf(week.days)}</span>
      </summary>
      <div className="mt-3 ml-9 grid gap-3">
        {week.days.map((day) => (
          <div key={day.day}>
            <h3 className="inline-flex items-center gap-1.5 text-sm font-bold text-accent">
              {m.plan.day(day.day)} <Icon name="clock" size={16} /> {m.plan.minutes(day.minutes)}
            </h3>
            <ul className="list-disc pl-5 marker:text-steel">
              {day.drills.map((drill) => (
                <li key={`${drill.source} ${drill.section}`} title={`${sourceTitle(drill.source)}, ${drill.section}`}>
                  {m.plan.drill(drill.name, drill.minutes)}
                  {drill.note ? <span className="text-soft"> ({drill.note})</span> : null}
                </li>
              ))}
            </ul>
          </div>
        ))}
        {week.care.length > 0 ? (
          <div>
            <h3 className="text-sm font-bold text-accent">{m.plan.care}</h3>
            <ul className="list-disc pl-5 marker:text-steel">
              {week.care.map((task) => (
                <li key={task.when + task.do} title={`${sourceTitle(task.source)}, ${task.section}`}>
                  {task.when}: {task.do}
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </details>
  );
}
