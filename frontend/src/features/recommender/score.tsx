import { Meter } from "@/components/meter";
import { percent } from "@/lib/format";
import { m } from "@/lib/messages";
import type { Recommendation } from "@/lib/types";

/** The model's estimate of winning a battle with the weapon. */
export function Score({ weapon }: { weapon: Recommendation }) {
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between text-sm">
        <span className="text-soft">{m.weapon.chance}</span>
        <span className="font-bold tabular-nums">{percent(weapon.score)}</span>
      </div>
      <Meter value={weapon.score} label={m.weapon.chanceOf(weapon.name)} />
    </div>
  );
}

/** Why, the strongest reason first. */
export function Reasons({ reasons }: { reasons: string[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul className="grid gap-1 text-sm" aria-label={m.weapon.why}>
      {reasons.map((reason) => (
        <li key={reason} className="flex gap-2">
          <span aria-hidden="true" className="mt-[0.55em] h-px w-2.5 shrink-0 bg-accent" />
          {reason}
        </li>
      ))}
    </ul>
  );
}
