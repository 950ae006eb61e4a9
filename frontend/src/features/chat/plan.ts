// What the page reads out of a training plan on its way.

import { m } from "@/lib/messages";
import type { PlanState } from "@/lib/types";

const ENDED = new Set<PlanState["status"]>(["done", "failed", "cancelled"]);
const WRITERS = {
  llm: m.plan.byCrew,
  mixed: m.plan.byBoth,
  embedded: m.plan.byManuals,
};

export function hasEnded(state: PlanState): boolean {
  return ENDED.has(state.status);
}

/** Until the first look, whatever the block says: an ended plan is still to be fetched. */
export const UNSEEN: PlanState = { status: "queued", stage: "", progress: 0, engine: null, error: null, plan: null };

/** What is being done, as a sentence. */
export function stageOf(state: PlanState): string {
  const stage = state.stage || (state.status === "queued" ? m.plan.waiting : m.plan.writing);
  return `${stage.charAt(0).toUpperCase()}${stage.slice(1)}…`;
}

export function writerOf(state: PlanState): string | null {
  return state.engine ? WRITERS[state.engine] : null;
}

/** "3 days, 75 min": what a week takes. */
export function loadOf(days: readonly { minutes: number }[]): string {
  const minutes = days.reduce((sum, day) => sum + day.minutes, 0);
  return m.plan.load(days.length, minutes);
}
