import { Card } from "@/components/card";
import { Loaded } from "@/components/loaded";
import { When } from "@/components/when";
import { useWatched } from "@/features/staff/use-watched";
import { s } from "@/lib/messages/staff";
import type { StaffActions } from "@/lib/types";

const EVERY = 30_000;

/** What the staff did last, and who. */
export function ActionsCard() {
  const actions = useWatched<StaffActions>("/staff/actions", EVERY);
  return (
    <Card title={s.actions.title} about={s.actions.about}>
      <Loaded source={actions}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-soft">{s.actions.none}</p>
          ) : (
            <ol className="divide-y divide-line">
              {items.map((one) => (
                <li key={one.action_id} className="py-2 first:pt-0 last:pb-0" data-action={one.action}>
                  <span className="font-medium">{s.actions.words[one.action](one.subject)}</span>
                  <span className="block text-sm text-soft">
                    {one.before ? `${s.actions.before(one.before)}, ` : null}
                    {one.by ? s.actions.by(one.by) : s.actions.byGone} · <When moment={one.acted_at} />
                  </span>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  );
}
