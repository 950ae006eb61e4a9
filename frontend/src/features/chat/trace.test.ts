import { describe, expect, it } from "vitest";
import { foundIn, rankWords, unsought, weaponName } from "@/features/chat/trace";
import type { Trace, TraceHit, TraceSearch } from "@/lib/types";

function hit(dense_rank: number | null, lexical_rank: number | null): TraceHit {
  return { source: "manuals/heron-spear.md", section: "Maintenance", dense_rank, lexical_rank, similarity: 0.7 };
}

function search(weapon: string | null, section: string | null): TraceSearch {
  return { query: "oil", weapon, section, hits: [] };
}

describe("a trace in words", () => {
  it("says where a passage stood in each ranking", () => {
    expect(rankWords(hit(1, 3))).toBe("1st by meaning, 3rd by words");
    expect(rankWords(hit(2, null))).toBe("2nd by meaning");
    expect(rankWords(hit(null, 11))).toBe("11th by words");
  });

  it("says that a passage stood in neither", () => {
    expect(rankWords(hit(null, null))).toBe("beside the others");
  });

  it("says what a search was narrowed down to", () => {
    expect(foundIn(search("heron-spear", "Maintenance"))).toBe("in the Heron Spear manual, section Maintenance");
    expect(foundIn(search("heron-spear", null))).toBe("in the Heron Spear manual");
    expect(foundIn(search(null, "Safety"))).toBe("in sections named Safety");
    expect(foundIn(search(null, null))).toBe("");
  });

  it("tells what was used without having been searched for", () => {
    const trace: Trace = {
      question: "How do I oil it?",
      asked: "How do I oil it?",
      intent: "maintenance",
      weapon: "heron-spear",
      engine: "embedded",
      found: true,
      why: "",
      searches: [{ ...search("heron-spear", null), hits: [hit(1, 1)] }],
      used: [
        { n: 1, source: "manuals/heron-spear.md", section: "Maintenance" },
        { n: 2, source: "manuals/heron-spear.md", section: "Safety" },
      ],
      dropped: [],
    };
    expect(unsought(trace).map((one) => one.n)).toEqual([2]);
  });

  it("names a weapon by its slug", () => {
    expect(weaponName("temple-bell-chain-flail")).toBe("Temple Bell Chain Flail");
  });
});
