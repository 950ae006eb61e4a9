import { RankMeter } from "@/features/slayer/points-block";
import type { Me } from "@/lib/types";

/** The slayer in the side bar: rank with the way to the next, and the build that recommendations go by. */
export function SlayerCard({ me }: { me: Me }) {
  const build = [
    ["Level", me.level],
    ["Strength", me.strength],
    ["Dexterity", me.dexterity],
    ["Stamina", me.stamina],
  ] as const;
  return (
    <section aria-label="Rank and build" className="card grid gap-3 p-4">
      <div className="grid gap-1.5">
        <p className="font-display text-lg font-extrabold">{me.rank}</p>
        <RankMeter {...me} />
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-0.5 text-sm">
        {build.map(([label, value]) => (
          <div key={label} className="flex justify-between">
            <dt className="text-soft">{label}</dt>
            <dd className="font-bold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
