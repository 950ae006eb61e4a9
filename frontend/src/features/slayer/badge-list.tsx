import { When } from "@/components/when";
import { Badge } from "@/features/slayer/badge";
import type { Achievements, Feat } from "@/lib/types";
import { m } from "@/lib/messages";

/** Feats: the earned ones first with their day, then the open ones with what to do for them. */
export function BadgeList({ earned, open }: Achievements) {
  return (
    <div className="grid gap-4">
      {earned.length > 0 ? (
        <ul className="grid gap-x-4 gap-y-3 sm:grid-cols-2" aria-label={m.slayer.earned}>
          {earned.map((feat) => (
            <li key={feat.feat} className="flex items-center gap-3" data-feat={feat.feat}>
              <Badge feat={feat.feat} />
              <div className="min-w-0">
                <p className="leading-snug font-bold text-gold">{feat.name}</p>
                <p className="text-sm leading-snug text-soft">
                  <When moment={feat.earned_at} day />
                </p>
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-soft">{m.slayer.noneEarned}</p>
      )}
      {open.length > 0 ? (
        <ul className="grid gap-x-4 gap-y-3 sm:grid-cols-2" aria-label={m.slayer.open}>
          {open.map((feat) => (
            <OpenFeat key={feat.feat} feat={feat} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function OpenFeat({ feat }: { feat: Feat }) {
  return (
    <li className="flex items-center gap-3 text-soft" data-feat={feat.feat}>
      <Badge feat={feat.feat} earned={false} />
      <div className="min-w-0">
        <p className="leading-snug font-medium">{feat.name}</p>
        <p className="text-sm leading-snug">{feat.text}</p>
      </div>
    </li>
  );
}
