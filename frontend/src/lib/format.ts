import { m } from "@/lib/messages";

const WHOLE = new Intl.NumberFormat("en");
const ONE_DECIMAL = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

export function coins(price: number): string {
  return m.units.coins(price);
}

export function points(count: number): string {
  return m.units.points(count);
}

export function kilograms(weight: number): string {
  return m.units.kilograms(ONE_DECIMAL.format(weight));
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export function count(number: number): string {
  return WHOLE.format(number);
}

/** +3, −2, 0: what the ledger entered. */
export function signed(change: number): string {
  if (change === 0) return "0";
  return `${change > 0 ? "+" : "−"}${WHOLE.format(Math.abs(change))}`;
}

/** "manuals/tidebreaker-katana.md" -> "Tidebreaker Katana manual"; "guides/footwork.md" -> "Footwork guide". */
export function sourceTitle(source: string): string {
  const parts = source.replace(/\.md$/, "").split("/");
  const name = (parts.at(-1) ?? source)
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
  if (parts[0] === "manuals") return m.units.manualOf(name);
  if (parts[0] === "guides") return m.units.guideOf(name);
  return name;
}

/** How long ago, in a word or two, for a list of conversations. */
export function ago(moment: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(moment).getTime()) / 60_000);
  if (Number.isNaN(minutes)) return "";
  if (minutes < 1) return m.units.now;
  if (minutes < 60) return m.units.minutesAgo(minutes);
  if (minutes < 24 * 60) return m.units.hoursAgo(Math.floor(minutes / 60));
  if (minutes < 7 * 24 * 60) return m.units.daysAgo(Math.floor(minutes / 1440));
  return new Date(moment).toLocaleDateString("en", { day: "numeric", month: "short" });
}

/** A moment by the clock of `timezone`, in the reader's own language (or `locale`). */
export function when(moment: string, timezone: string, { time = true, locale }: WhenOptions = {}): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  const shape: Intl.DateTimeFormatOptions = time
    ? { dateStyle: "medium", timeStyle: "short" }
    : { dateStyle: "medium" };
  try {
    return new Intl.DateTimeFormat(locale, { ...shape, timeZone: timezone }).format(date);
  } catch {
    // The server may know a zone that this browser's tables do not.
    return new Intl.DateTimeFormat(locale, shape).format(date);
  }
}

interface WhenOptions {
  time?: boolean;
  locale?: string | undefined;
}

/** "2026-11-26" -> "Thu, 26 Nov": a day of a calendar, which has no time zone. */
export function dayName(day: string, locale?: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(
    date,
  );
}
