import { three } from "@/features/staff/metrics";
import { s } from "@/lib/messages/staff";
import type { Night } from "@/lib/types";

type Drift = Night["drift"];
type Shift = Drift["shifts"][number];

const TONES: Record<Shift["level"], string> = { none: "bg-steel", moderate: "bg-gold", large: "bg-vermilion" };
/** No bar is drawn against less than this: a column that is steady looks steady. */
const LEAST_SCALE = 0.3;

/** How far each column has moved, as bars; a mark on each says from where on it is called a shift. */
export function DriftChart({ drift }: { drift: Drift }) {
  const scale = Math.max(LEAST_SCALE, ...drift.shifts.flatMap((shift) => [shift.psi, shift.psi_limit])) * 1.05;
  return (
    <div className="grid gap-2">
      <p className="text-sm text-soft">{s.report.driftRows(drift.current_rows, drift.reference_rows)}</p>
      <ul className="grid gap-2.5" aria-label={s.report.driftBars} data-drift={drift.shifts.length}>
        {drift.shifts.map((shift) => (
          <Bar key={shift.name} shift={shift} scale={scale} />
        ))}
      </ul>
      <p className="text-sm text-soft">{s.report.driftLegend}</p>
    </div>
  );
}

function Bar({ shift, scale }: { shift: Shift; scale: number }) {
  const share = (value: number) => `${(Math.min(value, scale) / scale) * 100}%`;
  return (
    <li className="grid gap-1 text-sm" data-level={shift.level}>
      <span className="flex flex-wrap justify-between gap-x-3">
        <span className="font-medium">{shift.name.replaceAll("_", " ")}</span>
        <span className="text-soft tabular-nums">
          {s.report.driftValue(three(shift.psi), three(shift.psi_limit))}
          <span className={shift.level === "none" ? "sr-only" : "font-bold text-vermilion"}>
            {" · "}
            {s.report.driftLevels[shift.level]}
          </span>
        </span>
      </span>
      <span aria-hidden="true" className="relative block h-2.5 rounded-full bg-ink/12">
        <span className={`block h-full rounded-full ${TONES[shift.level]}`} style={{ width: share(shift.psi) }} />
        <span className="absolute -inset-y-0.5 w-0.5 bg-ink" style={{ left: share(shift.psi_limit) }} />
      </span>
    </li>
  );
}
