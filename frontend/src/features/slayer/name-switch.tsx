import { useId } from "react";
import { useProfileChange } from "@/features/slayer/use-profile-change";
import { messageOf } from "@/lib/api";
import { m } from "@/lib/messages";
import type { Me } from "@/lib/types";

/** Whether the leaderboard may name the slayer. */
export function NameSwitch({ me }: { me: Me }) {
  const id = useId();
  const change = useProfileChange();
  const on = change.isPending ? change.variables.show_name === true : me.show_name;
  return (
    <div className="grid gap-1">
      <div className="flex items-center justify-between gap-3">
        <span id={id} className="text-sm">
          {m.profile.showName}
        </span>
        <button
          type="button"
          role="switch"
          aria-checked={on}
          aria-labelledby={id}
          className="switch"
          onClick={() => {
            if (!change.isPending) change.mutate({ show_name: !on });
          }}
        >
          <span aria-hidden="true" />
        </button>
      </div>
      {change.error ? (
        <p role="alert" className="text-sm font-medium text-vermilion">
          {messageOf(change.error)}
        </p>
      ) : null}
    </div>
  );
}
