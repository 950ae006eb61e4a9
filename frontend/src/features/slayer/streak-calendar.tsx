import { byDate, WEEKS } from "@/features/slayer/record";
import { dayName } from "@/lib/format";
import { weeksUpTo } from "@/lib/local-days";
import { m } from "@/lib/messages";
import type { DayList } from "@/lib/types";

/** Twelve weeks, a column each, Monday on top; the days that the slayer was here are filled. */
export function StreakCalendar({ days }: { days: DayList }) {
  const known = byDate(days.items);
  const weeks = weeksUpTo(days.today, WEEKS);
  const here = weeks.flat().filter((day) => day !== null && known.get(day)?.login).length;
  return (
    <div className="grid gap-3">
      <div
        role="img"
        aria-label={m.slayer.daysHere(here)}
        className="grid max-w-md grid-flow-col grid-rows-7 gap-1"
        data-days-here={here}
        data-today={days.today}
      >
        {weeks.flat().map((day, at) => {
          const login = day !== null && known.get(day)?.login === true;
          return (
            <span
              key={day ?? `later-${at}`}
              title={day === null ? undefined : login ? m.slayer.dayHere(dayName(day)) : m.slayer.dayNot(dayName(day))}
              className={`aspect-square min-w-0 rounded-[3px] ${day === null ? "" : login ? "bg-vermilion" : "bg-ink/10"} ${day === days.today ? "ring-2 ring-ink/50 ring-offset-1 ring-offset-sheet" : ""}`}
            />
          );
        })}
      </div>
      <p className="text-sm text-soft">{m.slayer.daysHere(here)}</p>
    </div>
  );
}
