import { Badge } from "@/features/slayer/badge";
import type { AchievementBlock as Achievement } from "@/lib/types";
import { m } from "@/lib/messages";

/** A feat earned just now. */
export function AchievementBlock({ block }: { block: Achievement }) {
  return (
    <section
      aria-label={m.slayer.badgeNews(block.name)}
      className="flex items-center gap-4 rounded-xl border border-gold/40 bg-gold/8 px-4 py-3"
      data-feat={block.feat}
    >
      <Badge feat={block.feat} size={48} />
      <div className="min-w-0">
        <p className="text-sm text-soft">{m.slayer.badgeEarned}</p>
        <h2 className="text-lg text-gold">{block.name}</h2>
        <p className="text-sm">{block.text}</p>
      </div>
    </section>
  );
}
