import { describe, expect, it } from "vitest";
import { hasEnded, loadOf, stageOf, UNSEEN, writerOf } from "@/features/chat/plan";
import type { PlanState } from "@/lib/types";

describe("a training plan on its way", () => {
  it("is fetched even where its block says that it is done", () => expect(hasEnded(UNSEEN)).toBe(false));

  it.each<[PlanState["status"], boolean]>([
    ["queued", false],
    ["writing", false],
    ["done", true],
    ["failed", true],
    ["cancelled", true],
  ])("%s: ended is %s", (status, ended) => expect(hasEnded({ ...UNSEEN, status })).toBe(ended));

  it("tells the stage, or what the status means", () => {
    expect(stageOf({ ...UNSEEN, status: "writing", stage: "the analyst weighs your goal" })).toBe(
      "The analyst weighs your goal…",
    );
    expect(stageOf(UNSEEN)).toBe("Waiting for the dojo…");
  });

  it("says who wrote it once that is known", () => {
    expect(writerOf(UNSEEN)).toBeNull();
    expect(writerOf({ ...UNSEEN, engine: "embedded" })).toBe("Set from the manuals");
  });

  it("adds a week up", () => {
    expect(loadOf([{ minutes: 30 }, { minutes: 45 }])).toBe("2 days, 75 min");
    expect(loadOf([{ minutes: 5 }])).toBe("1 day, 5 min");
  });
});
