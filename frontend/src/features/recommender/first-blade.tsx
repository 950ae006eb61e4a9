import { useQuery } from "@tanstack/react-query";
import { useId, type ReactNode } from "react";
import { Waiting } from "@/components/waiting";
import { WeaponLine } from "@/components/weapon-line";
import { Reasons, Score } from "@/features/recommender/score";
import { post } from "@/lib/api";
import { coins } from "@/lib/format";
import { m } from "@/lib/messages";
import type { Recommendation, Weapon } from "@/lib/types";

interface FirstBladeProps {
  ask: (message: string) => void;
  drawOrder: (weapon: Weapon) => ReactNode;
}

/** The Recommender's first word to a new slayer: one blade for their build, before anything is typed. */
export function FirstBlade({ ask, drawOrder }: FirstBladeProps) {
  const id = useId();
  // Asked once: each list that is shown is logged as such, and the model learns from it.
  const { data, isPending } = useQuery({
    queryKey: ["first-blade"],
    queryFn: () => post<{ recommendations: Recommendation[] }>("/recommend", { top_k: 1 }),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
  });
  const blade = data?.recommendations[0];
  // A welcome without it is still a welcome.
  if (!isPending && !blade) return null;
  return (
    <section
      aria-labelledby={id}
      // As high as the blade will make it, so that what stands below stays where it is.
      className={`card grid content-start gap-3 border-accent/50 p-4 sm:p-5 ${isPending ? "min-h-83" : ""}`}
      data-first-blade={blade?.slug}
    >
      <div>
        <h2 id={id} className="text-lg">
          {m.starters.first}
        </h2>
        <p className="text-sm text-soft">{m.starters.firstWhy}</p>
      </div>
      {blade ? (
        <>
          <WeaponLine weapon={blade}>
            <div className="grid gap-2">
              <p className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-display text-[1.05rem] font-extrabold">{blade.name}</span>
                <span className="font-bold text-gold">{coins(blade.price)}</span>
              </p>
              <Score weapon={blade} />
            </div>
          </WeaponLine>
          <Reasons reasons={blade.reasons} />
          <div className="flex flex-wrap gap-2">
            <button
              type="button"
              className="button button-strong button-small"
              onClick={() => ask(m.ask.train(blade.name))}
            >
              {m.starters.firstTrain}
            </button>
            <button type="button" className="button button-small" onClick={() => ask(m.ask.about(blade.name))}>
              {m.starters.firstAbout}
            </button>
            {drawOrder(blade)}
          </div>
        </>
      ) : (
        <Waiting label={m.starters.firstLooking} />
      )}
    </section>
  );
}
