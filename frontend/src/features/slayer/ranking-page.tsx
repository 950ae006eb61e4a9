import { useState } from "react";
import { Link } from "wouter";
import { Loaded } from "@/components/loaded";
import { Page } from "@/components/page";
import { useSlayer } from "@/components/slayer-context";
import { When } from "@/components/when";
import { points } from "@/lib/format";
import { m } from "@/lib/messages";
import { PLACES } from "@/lib/places";
import { RECORD } from "@/lib/queries";
import type { Leaderboard, LeaderboardRow, LeaderboardWindow } from "@/lib/types";
import { useFetched } from "@/lib/use-fetched";

const WINDOWS: { window: LeaderboardWindow; label: string; empty: string }[] = [
  { window: "week", label: m.ranking.week, empty: m.ranking.noneWeek },
  { window: "all", label: m.ranking.all, empty: m.ranking.noneAll },
];

/** Who stands where. Slayers who would rather not be named are "A slayer". */
export function RankingPage() {
  const [chosen, setChosen] = useState<LeaderboardWindow>("week");
  const { show_name: named } = useSlayer();
  const board = useFetched<Leaderboard>(`/leaderboard?window=${chosen}&limit=50`, RECORD);
  const empty = WINDOWS.find((one) => one.window === chosen)?.empty ?? "";
  return (
    <Page title={m.ranking.title}>
      <div className="grid w-full max-w-2xl grid-cols-1 gap-4">
        <fieldset className="grid grid-cols-2 gap-1 rounded-xl bg-well p-1">
          <legend className="sr-only">{m.ranking.of}</legend>
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
        <Loaded source={board} lines={8}>
          {(found) => (
            <>
              {found.since ? (
                <p className="text-sm text-soft">
                  {m.ranking.since} <When moment={found.since} day />
                </p>
              ) : null}
              <Standings board={found} empty={empty} />
            </>
          )}
        </Loaded>
        {named ? null : (
          <p className="text-sm text-soft">
            <Link href={PLACES.slayer} className="underline">
              {m.ranking.hidden}
            </Link>
          </p>
        )}
      </div>
    </Page>
  );
}

function Standings({ board, empty }: { board: Leaderboard; empty: string }) {
  const { items, you } = board;
  if (items.length === 0 && !you) return <p className="card p-6 text-center text-soft">{empty}</p>;
  const below = you && !items.some((row) => row.you) ? you : null;
  return (
    <ol className="card grid grid-cols-1 gap-1 p-2" data-leaderboard={board.window}>
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
      <span
        className={`w-8 shrink-0 font-display font-extrabold tabular-nums ${row.place <= 3 ? "text-lg text-gold" : ""}`}
      >
        {row.place}
        <span className="sr-only">.</span>
      </span>
      <span className="min-w-0 flex-1">
        <span className={`block truncate ${row.name ? "font-bold" : "text-soft"}`}>
          {row.name ?? m.ranking.unnamed}
        </span>
        <span className="flex items-center gap-2 text-sm text-soft">
          {row.rank}
          {row.you ? <span className="tag border-accent/60 text-ink">{m.common.you}</span> : null}
        </span>
      </span>
      <span className="shrink-0 font-bold tabular-nums">{points(row.points)}</span>
    </li>
  );
}
