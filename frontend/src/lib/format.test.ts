import { describe, expect, it } from "vitest";
import { ago, coins, percent, signed, sourceTitle, when } from "@/lib/format";

describe("format", () => {
  it("writes prices for people", () => {
    expect([coins(1), coins(2400)]).toEqual(["1 coin", "2,400 coins"]);
  });

  it("names a manual and a guide by their file", () => {
    expect(sourceTitle("manuals/tidebreaker-katana.md")).toBe("Tidebreaker Katana manual");
    expect(sourceTitle("guides/footwork.md")).toBe("Footwork guide");
    expect(sourceTitle("notes.md")).toBe("Notes");
  });

  it("rounds a share to whole percent", () => {
    expect(percent(0.736)).toBe("74%");
  });

  it.each([
    ["2026-01-01T11:59:40Z", "now"],
    ["2026-01-01T11:18:00Z", "42 min"],
    ["2026-01-01T09:00:00Z", "3 h"],
    ["2025-12-30T12:00:00Z", "2 d"],
    ["2025-12-01T12:00:00Z", "Dec 1"],
    ["not a date", ""],
  ])("tells how long ago %s was", (moment, words) => {
    expect(ago(moment, new Date("2026-01-01T12:00:00Z"))).toBe(words);
  });

  it("tells a moment by the slayer's clock", () => {
    const moment = "2026-01-01T23:30:00Z";
    expect(when(moment, "Asia/Tokyo", { locale: "en-GB" })).toBe("2 Jan 2026, 08:30");
    expect(when(moment, "Europe/Paris", { locale: "en-GB", time: false })).toBe("2 Jan 2026");
    expect(when(moment, "Mars/Olympus", { locale: "en-GB" })).toMatch(/2026/);
    expect(when("not a date", "UTC")).toBe("");
  });

  it("writes what the ledger entered with its sign", () => {
    expect([10, 0, -1200].map(signed)).toEqual(["+10", "0", "−1,200"]);
  });
});
