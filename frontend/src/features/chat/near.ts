// Which turns of a long conversation are drawn, and what room the others take. Pure functions; lengths in pixels.

/** Between two turns: the list's `gap-8` (turns.tsx). */
export const GAP = 32;

export interface Span {
  from: number;
  /** Exclusive. */
  to: number;
}

/**
 * The turns that lie between two heights of the conversation; never none, where there is one.
 *
 * @param heights - of each turn, without the gaps
 */
export function between(heights: readonly number[], top: number, bottom: number): Span {
  const count = heights.length;
  let from = 0;
  let edge = 0; // the upper edge of turn `from`
  while (from < count - 1 && edge + (heights[from] ?? 0) + GAP <= top) edge += (heights[from++] ?? 0) + GAP;
  let to = from + 1;
  edge += (heights[from] ?? 0) + GAP;
  while (to < count && edge < bottom) edge += (heights[to++] ?? 0) + GAP;
  return { from: Math.min(from, count), to: Math.min(to, count) };
}

export type Piece = { turn: number } | { before: number; room: number };

/** What is to be drawn from the first turn to the last: turns, and room for those that are left out. */
export function piecesOf(heights: readonly number[], drawn: (turn: number) => boolean): Piece[] {
  const pieces: Piece[] = [];
  let room = 0;
  heights.forEach((height, turn) => {
    if (!drawn(turn)) {
      room += height + GAP;
      return;
    }
    // The gap after the room is that of the list.
    if (room > 0) pieces.push({ before: turn, room: room - GAP });
    room = 0;
    pieces.push({ turn });
  });
  if (room > 0) pieces.push({ before: heights.length, room: room - GAP });
  return pieces;
}
