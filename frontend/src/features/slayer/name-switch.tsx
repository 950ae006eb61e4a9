import { useId, useState } from "react";
import { messageOf, patch } from "@/lib/api";
import type { Me } from "@/lib/types";

interface NameSwitchProps {
  me: Me;
  onMe: (me: Me) => void;
}

/** Whether the leaderboard may name the slayer. */
export function NameSwitch({ me, onMe }: NameSwitchProps) {
  const id = useId();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const on = wanted ?? me.show_name;

  async function change() {
    if (wanted !== null) return;
    setWanted(!on);
    setProblem(null);
    try {
      onMe(await patch<Me>("/me", { show_name: !on }));
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setWanted(null);
    }
  }

  return (
    <div className="grid gap-1 border-t border-line pt-3">
      <div className="flex items-center justify-between gap-3">
        <span id={id} className="text-sm">
          Show my name on the leaderboard
        </span>
        <button
          type="button"
          role="switch"
          aria-checked={on}
          aria-labelledby={id}
          className="switch"
          onClick={() => void change()}
        >
          <span aria-hidden="true" />
        </button>
      </div>
      {problem ? (
        <p role="alert" className="text-sm font-medium text-vermilion">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
