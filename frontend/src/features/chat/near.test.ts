import { describe, expect, it } from "vitest";
import { between, GAP, piecesOf } from "@/features/chat/near";

const TEN = Array.from({ length: 10 }, () => 100);
const STEP = 100 + GAP;

describe("between", () => {
  it("takes the turns of which a part lies there", () => {
    expect(between(TEN, 2 * STEP + 50, 4 * STEP + 50)).toEqual({ from: 2, to: 5 });
  });

  it("takes the first and the last where it is looked beyond them", () => {
    expect(between(TEN, -500, 10)).toEqual({ from: 0, to: 1 });
    expect(between(TEN, 99_000, 99_900)).toEqual({ from: 9, to: 10 });
  });

  it("takes nothing of nothing", () => {
    expect(between([], 0, 100)).toEqual({ from: 0, to: 0 });
  });
});

describe("piecesOf", () => {
  it("leaves as much room as the turns that are left out would take", () => {
    const pieces = piecesOf(TEN, (turn) => [4, 5, 9].includes(turn));
    expect(pieces).toEqual([
      { before: 4, room: 4 * STEP - GAP },
      { turn: 4 },
      { turn: 5 },
      { before: 9, room: 3 * STEP - GAP },
      { turn: 9 },
    ]);
    const high = pieces.reduce((sum, piece) => sum + ("turn" in piece ? 100 : piece.room), 0);
    expect(high + (pieces.length - 1) * GAP).toBe(10 * STEP - GAP);
  });

  it("leaves no room where every turn is drawn", () => {
    expect(piecesOf(TEN, () => true)).toHaveLength(10);
  });
});
