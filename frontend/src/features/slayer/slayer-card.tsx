import type { ReactNode } from "react";
import { Icon } from "@/components/icon";
import { BadgeList } from "@/features/slayer/badge-list";
import { LedgerList } from "@/features/slayer/ledger-list";
import { NameSwitch } from "@/features/slayer/name-switch";
import { RankMeter } from "@/features/slayer/points-block";
import type { SlayerRecord } from "@/features/slayer/use-record";
import type { Me } from "@/lib/types";
import type { Fetched } from "@/lib/use-fetched";

interface SlayerCardProps {
  me: Me;
  record: SlayerRecord;
  onMe: (me: Me) => void;
}

/** The slayer in the side bar: rank with the way to the next, the build that recommendations go by, and the record. */
export function SlayerCard({ me, record, onMe }: SlayerCardProps) {
  const build = [
    ["Level", me.level],
    ["Strength", me.strength],
    ["Dexterity", me.dexterity],
    ["Stamina", me.stamina],
  ] as const;
  const { badges, ledger } = record;
  return (
    <section aria-label="Rank and build" className="card grid shrink-0 gap-3 p-4">
      <div className="grid gap-1.5">
        <p className="font-display text-lg font-extrabold">{me.rank}</p>
        <RankMeter {...me} />
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-0.5 text-sm">
        {build.map(([label, value]) => (
          <div key={label} className="flex justify-between">
            <dt className="text-soft">{label}</dt>
            <dd className="font-bold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <Drawer
        title="Badges"
        aside={
          badges.data ? `${badges.data.earned.length} of ${badges.data.earned.length + badges.data.open.length}` : null
        }
        source={badges}
      >
        {badges.data ? <BadgeList {...badges.data} narrow /> : null}
      </Drawer>
      <Drawer title="Recent points" source={ledger}>
        {ledger.data?.items.length ? (
          <LedgerList entries={ledger.data.items} />
        ) : (
          <p className="text-sm text-soft">Nothing yet. Tell the Quartermaster what you trained or fought.</p>
        )}
      </Drawer>
      <NameSwitch me={me} onMe={onMe} />
    </section>
  );
}

interface DrawerProps {
  title: string;
  aside?: string | null;
  source: Fetched<unknown>;
  children: ReactNode;
}

/** A part of the record that opens on a click; says so when it is still coming or cannot be had. */
function Drawer({ title, aside = null, source, children }: DrawerProps) {
  return (
    <details className="group border-t border-line pt-3">
      <summary className="flex list-none items-center gap-2 font-medium">
        <span className="-rotate-90 text-steel transition-transform group-open:rotate-0">
          <Icon name="fold" size={16} />
        </span>
        <span className="flex-1">{title}</span>
        {aside ? <span className="text-sm font-normal text-soft">{aside}</span> : null}
      </summary>
      <div className="grid gap-3 pt-3">
        {source.problem ? (
          <div role="alert" className="grid justify-items-start gap-2 text-sm">
            <p className="text-vermilion">{source.problem}</p>
            <button type="button" className="button min-h-9 px-3 text-sm" onClick={source.retry}>
              Try again
            </button>
          </div>
        ) : null}
        {source.data ? children : null}
        {!source.data && !source.problem ? <p className="text-sm text-soft">Looking…</p> : null}
      </div>
    </details>
  );
}
