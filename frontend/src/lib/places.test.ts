import { describe, expect, it } from "vitest";
import { manualSlug, threadIn, threadPlace } from "@/lib/places";

describe("threadIn", () => {
  it("reads back what threadPlace wrote", () => {
    expect(threadIn(threadPlace("a b/c"))).toBe("a b/c");
  });

  it("tells a new conversation from an address that is none", () => {
    expect(threadIn("/")).toBeNull();
    expect(["/armoury", "/t/", "/t/a/b", "/t/%E0%A4%A"].map(threadIn)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("manualSlug", () => {
  it("names the weapon of a manual and nothing else", () => {
    expect(["manuals/heron-spear.md", "guides/footwork.md", "manuals/../x.md"].map(manualSlug)).toEqual([
      "heron-spear",
      null,
      null,
    ]);
  });
});
