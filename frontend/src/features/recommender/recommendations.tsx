import { useState, type ReactNode } from "react";
import { Icon } from "@/components/icon";
import { useShop } from "@/components/shop-context";
import { WeaponCard } from "@/components/weapon-card";
import { Comparison } from "@/features/recommender/comparison";
import { Reasons, Score } from "@/features/recommender/score";
import { m } from "@/lib/messages";
import type { Recommendation, RecommendationsBlock, Weapon } from "@/lib/types";
import { ribbonOf } from "./ribbon";

const MOST_COMPARED = 3;

interface RecommendationsProps {
  block: RecommendationsBlock;
  ask: (message: string) => void;
  /** The way to order a weapon. */
  drawOrder: (weapon: Weapon) => ReactNode;
}

/** The Recommender's cards, best first, with its estimate of winning and the model's own reasons. */
export function Recommendations({ block, ask, drawOrder }: RecommendationsProps) {
  const [picked, setPicked] = useState<string[]>([]);
  const [comparing, setComparing] = useState(false);
  const chosen = block.recommendations.filter((weapon) => picked.includes(weapon.weapon_id));
  const several = block.recommendations.length > 1;

  function toggle(id: string) {
    setPicked((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  }

  return (
    <section aria-label={m.weapon.recommended} className="grid gap-3">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-4">
        {block.recommendations.map((weapon, index) => (
          <li key={weapon.weapon_id} className="grid">
            <WeaponCard weapon={weapon} ribbon={ribbonOf(weapon, index)}>
              <Score weapon={weapon} />
              <Reasons reasons={weapon.reasons} />
              {weapon.explored ? <p className="text-xs text-soft">{m.weapon.triedAbout}</p> : null}
              <div className="mt-auto flex flex-wrap gap-2 pt-1">
                <Questions weapon={weapon} ask={ask} />
                {drawOrder(weapon)}
              </div>
              {several ? (
                <label className="-mb-1 inline-flex min-h-8 w-fit cursor-pointer items-center gap-2 text-sm text-soft">
                  <input
                    type="checkbox"
                    className="size-4.5 accent-(--accent)"
                    checked={picked.includes(weapon.weapon_id)}
                    disabled={picked.length === MOST_COMPARED && !picked.includes(weapon.weapon_id)}
                    aria-label={m.weapon.comparePick(weapon.name)}
                    onChange={() => toggle(weapon.weapon_id)}
                  />
                  {m.weapon.compare}
                </label>
              ) : null}
            </WeaponCard>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {chosen.length > 1 ? (
          <button type="button" className="button button-small button-strong" onClick={() => setComparing(true)}>
            <Icon name="scales" size={16} /> {m.weapon.compareNow(chosen.length)}
          </button>
        ) : null}
        {block.model_version ? <p className="text-xs text-soft">{m.weapon.model(block.model_version)}</p> : null}
      </div>
      <Comparison
        weapons={chosen}
        open={comparing}
        onClose={() => setComparing(false)}
        onAsk={() => {
          setComparing(false);
          ask(m.ask.compare(chosen.map((weapon) => weapon.name)));
        }}
      />
    </section>
  );
}

function Questions({ weapon, ask }: { weapon: Recommendation; ask: (message: string) => void }) {
  const { image_model: canPaint } = useShop();
  const questions = [
    [m.weapon.whyAsk, m.ask.why(weapon.name)],
    [m.weapon.care, m.ask.care(weapon.name)],
    [m.weapon.train, m.ask.train(weapon.name)],
    ...(canPaint ? [[m.weapon.draw, m.ask.draw(weapon.name)] as const] : []),
  ] as const;
  return questions.map(([label, message]) => (
    <button key={label} type="button" className="button button-small" title={message} onClick={() => ask(message)}>
      {label}
    </button>
  ));
}
