import { Emblem } from "@/components/emblem";
import { Icon } from "@/components/icon";
import { useStyle } from "@/components/shop-context";
import { points } from "@/lib/format";
import type { Me } from "@/lib/types";
import { m } from "@/lib/messages";

/** Who is here: crest, name, points, rank, streak. */
export function SlayerBar({ me }: { me: Me }) {
  const style = useStyle(me.breathing_style);
  return (
    <section aria-label={m.slayer.bar} className="flex min-w-0 items-center gap-3">
      <div className="min-w-0 text-right leading-tight">
        <p className="truncate font-bold">{me.name}</p>
        <p className="flex items-center justify-end gap-2 text-sm whitespace-nowrap text-soft">
          <span data-testid="points" className="font-bold text-gold">
            {points(me.nichirin_points)}
          </span>
          <span className="max-sm:hidden">{me.rank}</span>
          <span className="inline-flex items-center gap-0.5" title={m.slayer.streak(me.streak)}>
            <span className="text-vermilion">
              <Icon name="flame" size={15} />
            </span>
            {me.streak}
            <span className="sr-only">{m.slayer.streakWord}</span>
          </span>
        </p>
      </div>
      <span className="max-[26rem]:sr-only" title={m.style.full(style.name)}>
        <Emblem style={style} size={40} />
        <span className="sr-only">{m.style.full(style.name)}</span>
      </span>
    </section>
  );
}
