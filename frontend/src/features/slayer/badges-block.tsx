import { BadgeList } from "@/features/slayer/badge-list";
import { m } from "@/lib/messages";
import type { BadgesBlock as Badges } from "@/lib/types";

export function BadgesBlock({ block }: { block: Badges }) {
  const all = block.earned.length + block.open.length;
  return (
    <section aria-label={m.slayer.badges} className="grid gap-4 rounded-xl border border-line p-4">
      <header className="flex items-baseline justify-between gap-3">
        <h2>{m.slayer.badges}</h2>
        <p className="text-sm text-soft">{m.slayer.badgesOf(block.earned.length, all)}</p>
      </header>
      <BadgeList earned={block.earned} open={block.open} />
    </section>
  );
}
