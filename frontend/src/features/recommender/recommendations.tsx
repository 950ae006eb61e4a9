import type { ReactNode } from "react";
import { Meter } from "@/components/meter";
import { WeaponCard } from "@/components/weapon-card";
import { percent } from "@/lib/format";
import type { Recommendation, RecommendationsBlock, Weapon } from "@/lib/types";
import { ribbonOf } from "./ribbon";

interface RecommendationsProps {
  block: RecommendationsBlock;
  ask: (message: string) => void;
  /** The way to order a weapon. */
  drawOrder: (weapon: Weapon) => ReactNode;
}

/** The Recommender's cards, best first, with its estimate of winning and the model's own reasons. */
export function Recommendations({ block, ask, drawOrder }: RecommendationsProps) {
  return (
    <section aria-label="Recommended weapons" className="grid gap-3">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-4">
        {block.recommendations.map((weapon, index) => (
          <li key={weapon.weapon_id} className="grid">
            <WeaponCard weapon={weapon} ribbon={ribbonOf(weapon, index)}>
              <Score weapon={weapon} />
              <Reasons reasons={weapon.reasons} />
              <div className="mt-auto flex flex-wrap gap-2 pt-1">
                <button
                  type="button"
                  className="button min-h-9 px-3 text-sm"
                  onClick={() => ask(`How do I look after the ${weapon.name}?`)}
                >
                  Care
                </button>
                <button
                  type="button"
                  className="button min-h-9 px-3 text-sm"
                  onClick={() => ask(`Give me a 20 minute routine with the ${weapon.name}`)}
                >
                  Train
                </button>
                {drawOrder(weapon)}
              </div>
            </WeaponCard>
          </li>
        ))}
      </ul>
      {block.model_version ? <p className="text-xs text-soft">Recommender model {block.model_version}</p> : null}
    </section>
  );
}

function Score({ weapon }: { weapon: Recommendation }) {
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between text-sm">
        <span className="text-soft">Chance to win with it</span>
        <span className="font-bold tabular-nums">{percent(weapon.score)}</span>
      </div>
      <Meter value={weapon.score} label={`Chance to win with ${weapon.name}`} />
    </div>
  );
}

function Reasons({ reasons }: { reasons: string[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul className="grid gap-1 text-sm" aria-label="Why">
      {reasons.map((reason) => (
        <li key={reason} className="flex gap-2">
          <span aria-hidden="true" className="mt-[0.55em] h-px w-2.5 shrink-0 bg-accent" />
          {reason}
        </li>
      ))}
    </ul>
  );
}
