import { describe, expect, it } from "vitest";
import { addDays, daysUpTo, untilMidnight, weeksUpTo } from "@/lib/local-days";

describe("calendar days", () => {
  it("cross months and leap days", () => {
    expect(addDays("2028-02-28", 2)).toBe("2028-03-01");
    expect(daysUpTo("2026-01-02", 3)).toEqual(["2025-12-31", "2026-01-01", "2026-01-02"]);
  });

  it("stand in weeks from Monday, with nothing after today", () => {
    const weeks = weeksUpTo("2026-11-26", 2); // a Thursday
    expect(weeks[0]?.[0]).toBe("2026-11-16");
    expect(weeks[1]).toEqual(["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", null, null, null]);
    expect(weeksUpTo("2026-11-29", 1)[0]).toContain("2026-11-29"); // a Sunday ends its week
  });
});

describe("untilMidnight", () => {
  const minutes = (zone: string, moment: string) => Math.round(untilMidnight(zone, new Date(moment)) / 60_000);

  it("goes by the slayer's clock, not the browser's", () => {
    expect(minutes("Asia/Tokyo", "2026-01-01T14:30:00Z")).toBe(30);
    expect(minutes("Pacific/Kiritimati", "2026-01-01T09:00:00Z")).toBe(60);
  });

  it("knows that a day may have 23 or 25 hours", () => {
    expect(minutes("Europe/Paris", "2026-03-28T23:00:00Z")).toBe(23 * 60);
    expect(minutes("Europe/Paris", "2026-10-24T22:00:00Z")).toBe(25 * 60);
  });

  it("looks again in an hour where the zone is unknown", () => {
    expect(minutes("Mars/Olympus", "2026-01-01T00:00:00Z")).toBe(60);
  });
});
