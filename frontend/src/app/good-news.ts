import { points } from "@/lib/format";
import { m } from "@/lib/messages";
import type { Block } from "@/lib/types";

/** What of an answer is worth a word above everything. */
export function goodNews(block: Block): string | null {
  switch (block.type) {
    case "points":
      return block.delta === 0 ? null : `${block.delta > 0 ? "+" : "−"}${points(Math.abs(block.delta))}`;
    case "achievement":
      return m.slayer.badgeNews(block.name);
    case "rank_up":
      return m.slayer.nowRankNews(block.rank);
    default:
      return null;
  }
}
