import { useState } from "react";
import { Alert } from "@/components/alert";
import { Panel } from "@/components/panel";
import { points } from "@/lib/format";
import type { Leaderboard, LeaderboardRow, LeaderboardWindow } from "@/lib/types";
import { useFetched } from "@/lib/use-fetched";

const WINDOWS: { window: LeaderboardWindow; label: string; empty: string }[] = [
  { window: "week", label: "This week", empty: "Nobody has earned a point this week. The first place is free." },
  { window: "all", label: "All time", empty: "Nobody has earned a point yet. The first place is free." },
];

/** Who stands where. Slayers who would rather not be named are "A slayer". */
export function LeaderboardPanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [chosen, setChosen] = useState<LeaderboardWindow>("week");
  // Asked anew each time it is opened.
  const { data, problem, retry } = useFetched<Leaderboard>(open ? `/leaderboard?window=${chosen}&limit=20` : null);

  return (
    <Panel open={open} onClose={onClose} title="Leaderboard">
      <div className="grid grid-cols-1 gap-4">
        <fieldset className="grid grid-cols-2 gap-1 rounded-xl bg-well p-1">
          <legend className="sr-only">Points of</legend>
          {WINDOWS.map(({ window, label }) => (
            <label
              key={window}
              className="relative grid min-h-10 cursor-pointer place-items-center rounded-lg font-medium text-soft has-checked:bg-sheet has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="window"
                value={window}
                checked={chosen === window}
                className="absolute inset-0 cursor-pointer opacity-0"
                onChange={() => setChosen(window)}
              />
              {label}
            </label>
          ))}
        </fieldset>
        {problem ? (
          <Alert
            action={
              <button type="button" className="button min-h-9 px-3 text-sm" onClick={retry}>
                Try again
              </button>
            }
          >
            {problem}
          </Alert>
        ) : null}
        {!data && !problem ? (
          <p role="status" className="text-soft">
            Counting…
          </p>
        ) : null}
        {data ? <Standings board={data} empty={WINDOWS.find((one) => one.window === chosen)?.empty ?? ""} /> : null}
      </div>
    </Panel>
  );
}

function Standings({ board, empty }: { board: Leaderboard; empty: string }) {
  const { items, you } = board;
  if (items.length === 0 && !you) return <p className="text-soft">{empty}</p>;
  const below = you && !items.some((row) => row.you) ? you : null;
  return (
    <ol className="grid grid-cols-1 gap-1" data-leaderboard={board.window}>
      {items.map((row, at) => (
        <Row key={at} row={row} />
      ))}
      {below ? (
        <>
          <li aria-hidden="true" className="px-3 leading-none text-soft">
            …
          </li>
          <Row row={below} />
        </>
      ) : null}
    </ol>
  );
}

function Row({ row }: { row: LeaderboardRow }) {
  return (
    <li
      aria-current={row.you ? "true" : undefined}
      className="flex items-baseline gap-3 rounded-lg px-3 py-2 aria-[current=true]:bg-accent/12"
    >
      <span className={`w-7 shrink-0 font-display font-extrabold tabular-nums ${row.place <= 3 ? "text-gold" : ""}`}>
        {row.place}
        <span className="sr-only">.</span>
      </span>
      <span className="min-w-0 flex-1">
        <span className={`block truncate ${row.name ? "font-bold" : "text-soft"}`}>{row.name ?? "A slayer"}</span>
        <span className="flex items-center gap-2 text-sm text-soft">
          {row.rank}
          {row.you ? <span className="tag border-accent/60 text-ink">You</span> : null}
        </span>
      </span>
      <span className="shrink-0 font-bold tabular-nums">{points(row.points)}</span>
    </li>
  );
}
