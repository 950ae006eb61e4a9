import { describe, expect, it } from "vitest";
import { suggestionsFor } from "@/features/chat/suggestions";
import { newTurn, type Turn } from "@/features/chat/turn";
import { aRecommendation, aWeapon } from "@/test/samples";
import type { Block, Citation } from "@/lib/types";

function turn(blocks: Block[], change: Partial<Turn> = {}): Turn {
  return {
    ...newTurn("k", "hello"),
    state: "done",
    pieces: blocks.map((block) => ({ kind: "block", block })),
    ...change,
  };
}

const CARDS: Block = {
  type: "recommendations",
  model_version: "1",
  recommendations: [aRecommendation(), aRecommendation({ weapon_id: "w-2", name: "Drizzle Bow" })],
};
const CITED: Citation = { n: 1, source: "manuals/heron-spear.md", section: "Care", text: "…" };

describe("suggestionsFor", () => {
  it("asks on about the first card, and for a picture only where one can be painted", () => {
    expect(suggestionsFor(turn([CARDS]), true)).toEqual([
      "Why do you recommend the Heron Spear?",
      "Compare the Heron Spear and the Drizzle Bow",
      "Draw me with the Heron Spear",
    ]);
    expect(suggestionsFor(turn([CARDS]), false).at(-1)).toBe("Show me three others");
  });

  it("leads on in the manual that was cited, but not to what was just asked", () => {
    const care = turn([], { citations: [CITED], message: "How do I look after the Heron Spear?" });
    expect(suggestionsFor(care, true)).toEqual([
      "Give me a 20 minute routine with the Heron Spear",
      "What are the usual mistakes?",
    ]);
  });

  it("says nothing while an answer forms, after one that failed, or while a question waits", () => {
    const weapon = aWeapon();
    const approval: Block = { type: "approval", approval_id: "a", question: "?", weapon, price: 1 };
    expect(suggestionsFor(turn([CARDS], { state: "streaming" }), true)).toEqual([]);
    expect(suggestionsFor(turn([CARDS], { state: "error" }), true)).toEqual([]);
    expect(suggestionsFor(turn([CARDS, approval]), true)).toEqual([]);
    expect(suggestionsFor(undefined, true)).toEqual([]);
  });
});
