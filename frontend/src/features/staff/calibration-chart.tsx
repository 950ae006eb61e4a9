import { percent } from "@/lib/format";
import { s } from "@/lib/messages/staff";
import type { Night } from "@/lib/types";

const SIDE = 180;
const EDGE = 12;
const at = (share: number) => EDGE + share * (SIDE - 2 * EDGE);

/** Predicted against won, bin by bin, with what chance may do to each; on the line, the scores came true. */
export function CalibrationChart({ calibration }: { calibration: NonNullable<Night["drift"]["calibration"]> }) {
  return (
    <figure className="grid gap-1">
      <svg
        role="img"
        aria-label={s.report.calibrationPicture(percent(calibration.predicted), percent(calibration.observed))}
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        className="w-48 max-w-full rounded-lg bg-well"
      >
        <line
          x1={at(0)}
          y1={at(1)}
          x2={at(1)}
          y2={at(0)}
          stroke="var(--steel)"
          strokeWidth="1.5"
          strokeDasharray="4 4"
        />
        {calibration.bins.map(([predicted, observed, reach, rows], bin) => (
          <g key={bin}>
            <title>{`${s.report.calibrationPicture(percent(predicted), percent(observed))} (${rows})`}</title>
            <line
              x1={at(predicted)}
              x2={at(predicted)}
              y1={at(1 - Math.min(1, observed + reach))}
              y2={at(1 - Math.max(0, observed - reach))}
              stroke="var(--accent)"
              strokeWidth="2"
            />
            <circle cx={at(predicted)} cy={at(1 - observed)} r="4.5" fill="var(--accent)" />
          </g>
        ))}
      </svg>
      <figcaption className="text-sm text-soft">{s.report.calibrationAxes}</figcaption>
    </figure>
  );
}
