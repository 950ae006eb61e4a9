import { Meter } from "@/components/meter";
import { points } from "@/lib/format";
import type { PointsBlock as Points } from "@/lib/types";
import { m } from "@/lib/messages";

/** What the ledger says now, and what this turn added to it. */
export function PointsBlock({ block }: { block: Points }) {
  return (
    <section
      aria-label={m.slayer.points}
      className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-xl bg-well px-4 py-3"
      data-points={block.nichirin_points}
    >
      {block.delta === 0 ? null : (
        <p className="font-display text-3xl font-extrabold text-gold">
          {block.delta > 0 ? "+" : "−"}
          {Math.abs(block.delta)}
          <span className="sr-only">{m.slayer.pointsNow}</span>
        </p>
      )}
      <div className="grid min-w-44 flex-1 gap-1.5">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-bold">{points(block.nichirin_points)}</span>
          <span className="text-sm text-soft">
            {block.rank}
            {block.streak > 0 ? ` · ${m.slayer.streak(block.streak)}` : ""}
          </span>
        </p>
        <RankMeter {...block} />
      </div>
    </section>
  );
}

interface RankMeterProps {
  nichirin_points: number;
  rank: string;
  next_rank: string | null;
  points_to_next: number | null;
}

/** How far it is to the next rank. */
export function RankMeter({ nichirin_points, rank, next_rank, points_to_next }: RankMeterProps) {
  if (!next_rank || points_to_next === null) return <Meter value={1} tone="gold" label={m.slayer.highest(rank)} />;
  return (
    <>
      <Meter
        value={nichirin_points / (nichirin_points + points_to_next)}
        tone="gold"
        label={m.slayer.onTheWay(rank, next_rank)}
      />
      <p className="text-xs text-soft">{m.slayer.toNext(points_to_next, next_rank)}</p>
    </>
  );
}
