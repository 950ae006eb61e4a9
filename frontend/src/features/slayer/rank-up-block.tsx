import { Icon } from "@/components/icon";
import type { RankUpBlock as RankUp } from "@/lib/types";
import { m } from "@/lib/messages";

/** A new rank: the sun rises once behind the words, and stays. */
export function RankUpBlock({ block }: { block: RankUp }) {
  return (
    <section
      aria-label={m.slayer.newRankOf(block.rank)}
      className="relative grid justify-items-center gap-1 overflow-hidden rounded-xl border border-gold/50 bg-gold/8 px-4 pt-6 pb-5 text-center"
      data-rank={block.rank}
    >
      <span className="relative text-gold">
        <span aria-hidden="true" className="rays" />
        <span className="rise relative block">
          <Icon name="dawn" size={44} />
        </span>
      </span>
      <p className="relative text-sm text-soft">{m.slayer.newRank}</p>
      <h2 className="relative text-2xl text-gold sm:text-3xl">{m.slayer.nowRank(block.rank)}</h2>
      <p className="relative text-sm text-soft">{m.slayer.risenFrom(block.previous)}</p>
    </section>
  );
}
