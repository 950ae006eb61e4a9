import { s } from "@/lib/messages/staff";
import type { ModelOnRecord } from "@/lib/types";

const FOUR = new Intl.NumberFormat("en", { minimumFractionDigits: 4, maximumFractionDigits: 4 });

interface Metric {
  /** How the name of the figure begins: of some it goes on with the number of places it was measured at. */
  name: string;
  label: string;
}

export const METRICS: Metric[] = [
  { name: "per_slayer_auc", label: s.model.columns.auc },
  { name: "regret_at_", label: s.model.columns.regret },
  { name: "ndcg_at_", label: s.model.columns.ndcg },
  { name: "ece", label: s.model.columns.ece },
];

/** A model's figure in words; a dash where it was not measured. */
export function figure(model: ModelOnRecord, metric: Metric): string {
  const found = Object.entries(model.metrics).find(([name]) => name.startsWith(metric.name));
  return found ? FOUR.format(found[1]) : s.model.missing;
}

/** A figure with three digits, as the night's report has them. */
export function three(value: number): string {
  return value.toFixed(3);
}
