import { describe, expect, it } from "vitest";
import { waitBefore } from "@/features/staff/use-served";

const served = (version: string | null, trouble: string | null = null) => ({ version, model_version: null, trouble });

describe("waitBefore", () => {
  it("looks often while another version answers than the champion", () => {
    expect(waitBefore(served("2"), "1")).toBeLessThan(1_000);
    expect(waitBefore(served(null), "1")).toBeLessThan(1_000);
  });

  it("takes its time once it does, when there is none, and when something keeps it", () => {
    const calm = waitBefore(served("1"), "1");
    expect(calm).toBeGreaterThan(10_000);
    expect(waitBefore(served("1"), null)).toBe(calm);
    expect(waitBefore(served("2", "Version 1 is refused."), "1")).toBeGreaterThan(1_000);
  });
});
