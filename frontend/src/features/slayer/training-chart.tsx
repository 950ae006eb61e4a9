import { byDate } from "@/features/slayer/record";
import { dayName } from "@/lib/format";
import { daysUpTo } from "@/lib/local-days";
import { m } from "@/lib/messages";
import type { DayList } from "@/lib/types";

const DAYS = 28;
const HEIGHT = 120;
const BAR = 20;
const GAP = 6;

/** Minutes trained a day over four weeks, as bars and, for who would rather read, as a table. */
export function TrainingChart({ days }: { days: DayList }) {
  const known = byDate(days.items);
  const bars = daysUpTo(days.today, DAYS).map((day) => ({ day, minutes: known.get(day)?.minutes ?? 0 }));
  const trained = bars.filter((bar) => bar.minutes > 0);
  const total = trained.reduce((sum, bar) => sum + bar.minutes, 0);
  if (trained.length === 0) return <p className="text-soft">{m.slayer.trainingNone}</p>;
  const most = Math.max(30, ...bars.map((bar) => bar.minutes));
  return (
    <div className="grid gap-2" data-minutes={total}>
      <svg
        role="img"
        aria-label={m.slayer.trainingTotal(total, trained.length)}
        viewBox={`0 0 ${DAYS * (BAR + GAP) - GAP} ${HEIGHT + 18}`}
        className="w-full"
      >
        <line x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} stroke="var(--line)" strokeWidth="1.5" />
        {bars.map(({ day, minutes }, at) => {
          const height = Math.max(minutes > 0 ? 4 : 0, (minutes / most) * (HEIGHT - 6));
          return (
            <g key={day} transform={`translate(${at * (BAR + GAP)} 0)`}>
              <title>{m.slayer.trainingDay(dayName(day), minutes)}</title>
              <rect width={BAR} height={HEIGHT} fill="transparent" />
              <rect y={HEIGHT - height} width={BAR} height={height} rx="3" fill="var(--accent)" />
              {at % 7 === 6 ? (
                <text x={BAR / 2} y={HEIGHT + 15} textAnchor="middle" fontSize="13" fill="var(--soft)">
                  {Number(day.slice(8))}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      <p className="text-sm text-soft">{m.slayer.trainingTotal(total, trained.length)}</p>
      <details className="text-sm">
        <summary className="w-fit text-soft">{m.slayer.showTable}</summary>
        <div
          className="table-scroll mt-2 max-h-56 overflow-y-auto"
          tabIndex={0}
          role="group"
          aria-label={m.slayer.training}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">{m.slayer.day}</th>
                <th scope="col">{m.slayer.minutes}</th>
              </tr>
            </thead>
            <tbody>
              {trained.toReversed().map(({ day, minutes }) => (
                <tr key={day}>
                  <td>{dayName(day)}</td>
                  <td>{minutes}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
