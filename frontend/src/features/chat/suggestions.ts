// What could be asked next, from what the last answer showed. Pure functions; no model is asked for them.

import { manualSlug } from "@/lib/places";
import { m } from "@/lib/messages";
import type { Turn } from "@/features/chat/turn";
import { weaponName } from "@/features/chat/trace";
import type { Block } from "@/lib/types";

const MOST = 3;

/** Up to three next questions for an answer that stands; none for one that failed or waits for a yes or no. */
export function suggestionsFor(turn: Turn | undefined, canPaint: boolean): string[] {
  if (turn?.state !== "done") return [];
  const blocks = turn.pieces.flatMap((piece) => (piece.kind === "block" ? [piece.block] : []));
  if (blocks.some((block) => block.type === "approval")) return [];
  const found = blocks.flatMap((block) => afterBlock(block, canPaint));
  const said = new Set([turn.message]);
  return [...new Set([...found, ...afterSources(turn)])].filter((text) => !said.has(text)).slice(0, MOST);
}

function afterBlock(block: Block, canPaint: boolean): string[] {
  switch (block.type) {
    case "recommendations": {
      const [first, second] = block.recommendations.map((weapon) => weapon.name);
      if (first === undefined) return [];
      return [
        m.ask.why(first),
        ...(second === undefined ? [] : [m.ask.compare([first, second])]),
        ...(canPaint ? [m.ask.draw(first)] : []),
        m.ask.more,
      ];
    }
    case "order":
      return [m.ask.care(block.weapon.name), m.ask.train(block.weapon.name)];
    case "routine":
      return [m.ask.log(block.minutes), m.ask.harder, m.ask.plan];
    case "points":
      return block.next_rank === null ? [m.ask.ledger, m.ask.badges] : [m.ask.rank, m.ask.badges];
    case "badges":
    case "rank_up":
    case "achievement":
      return [m.ask.rank, m.ask.recommend];
    case "ledger":
      return [m.ask.badges];
    case "plan":
      return [m.ask.log(30)];
    default:
      return [];
  }
}

/** An answer out of a manual leads on in the same manual. */
function afterSources({ citations }: Turn): string[] {
  const slug = citations.map((citation) => manualSlug(citation.source)).find((one) => one !== null);
  if (slug === undefined) return [];
  const name = weaponName(slug);
  return [m.ask.train(name), m.ask.mistakes, m.ask.care(name)];
}
