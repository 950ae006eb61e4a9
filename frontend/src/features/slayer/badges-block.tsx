import { BadgeList } from "@/features/slayer/badge-list";
import type { BadgesBlock as Badges } from "@/lib/types";

export function BadgesBlock({ block }: { block: Badges }) {
  const all = block.earned.length + block.open.length;
  return (
    <section aria-label="Badges" className="grid gap-4 rounded-xl border border-line p-4">
      <header className="flex items-baseline justify-between gap-3">
        <h2>Badges</h2>
        <p className="text-sm text-soft">
          {block.earned.length} of {all} earned
        </p>
      </header>
      <BadgeList earned={block.earned} open={block.open} />
    </section>
  );
}
