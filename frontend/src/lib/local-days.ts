// Days of a calendar as the server tells them ("2026-11-26"), and when the slayer's own next one begins. Pure functions.

const DAY_MS = 86_400_000;

/** "2026-11-26" and -1 -> "2026-11-25". */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The last `count` days up to `today`, the earliest first. */
export function daysUpTo(today: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => addDays(today, at - count + 1));
}

/** The last `count` weeks up to today's, each from Monday; days after today are null. */
export function weeksUpTo(today: string, count: number): (string | null)[][] {
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = addDays(today, -weekday - 7 * (count - 1));
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => {
      const day = addDays(monday, week * 7 + at);
      return day > today ? null : day;
    }),
  );
}

/** Milliseconds until the date changes by the clock of `timezone`; an hour where this browser does not know the zone. */
export function untilMidnight(timezone: string, now: Date): number {
  try {
    const dateAt = (moment: number) => new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(moment);
    const today = dateAt(now.getTime());
    // Not arithmetic on the clock: a day with a change of the clocks has 23 or 25 hours.
    let [low, high] = [now.getTime(), now.getTime() + 26 * 3_600_000];
    while (high - low > 500) {
      const middle = Math.floor((low + high) / 2);
      if (dateAt(middle) === today) low = middle;
      else high = middle;
    }
    return high - now.getTime();
  } catch {
    return 3_600_000;
  }
}
