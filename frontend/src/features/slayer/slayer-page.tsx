import { useState, type ReactNode } from "react";
import { Card } from "@/components/card";
import { Emblem } from "@/components/emblem";
import { Icon } from "@/components/icon";
import { Loaded } from "@/components/loaded";
import { Page } from "@/components/page";
import { Panel } from "@/components/panel";
import { useStyle } from "@/components/shop-context";
import { AccountCard } from "@/features/slayer/account-card";
import { BadgeList } from "@/features/slayer/badge-list";
import { CheckIn } from "@/features/slayer/check-in";
import { LedgerCard } from "@/features/slayer/ledger-card";
import { MemoriesCard } from "@/features/slayer/memories-card";
import { NameSwitch } from "@/features/slayer/name-switch";
import { OwnedWeapons } from "@/features/slayer/owned-weapons";
import { RankMeter } from "@/features/slayer/points-block";
import { ProfileForm } from "@/features/slayer/profile-form";
import { byDate, useBadges, useDays } from "@/features/slayer/record";
import { StreakCalendar } from "@/features/slayer/streak-calendar";
import { TrainingChart } from "@/features/slayer/training-chart";
import { points } from "@/lib/format";
import { m } from "@/lib/messages";
import type { Me } from "@/lib/types";

interface SlayerPageProps {
  me: Me;
  /** The pictures of the slayer; another feature draws them. */
  gallery: ReactNode;
  /** Takes a sentence to the dojo. */
  onAsk: (message: string) => void;
  onLeft: () => void;
}

/** Everything about the slayer: who they are, where they stand, what they did, hold and keep here. */
export function SlayerPage({ me, gallery, onAsk, onLeft }: SlayerPageProps) {
  const [editing, setEditing] = useState(false);
  const badges = useBadges();
  const days = useDays();
  return (
    <Page
      title={m.slayer.title}
      aside={
        <button type="button" className="button" onClick={() => setEditing(true)}>
          <Icon name="edit" /> {m.profile.edit}
        </button>
      }
    >
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
        <Standing me={me} />
        <Card title={m.slayer.calendar} about={m.slayer.calendarAbout} aside={m.slayer.streak(me.streak)}>
          <Loaded source={days} lines={6}>
            {(found) => (
              <>
                <StreakCalendar days={found} />
                <CheckIn today={found.today} here={byDate(found.items).get(found.today)?.login === true} />
              </>
            )}
          </Loaded>
        </Card>
        <Card title={m.slayer.training} about={m.slayer.trainingAbout} className="lg:col-span-2">
          <Loaded source={days} lines={6}>
            {(found) => <TrainingChart days={found} />}
          </Loaded>
          <button type="button" className="button button-small w-fit" onClick={() => onAsk(m.ask.log(20))}>
            <Icon name="clock" size={16} /> {m.slayer.trainingAsk}
          </button>
        </Card>
        <Card title={m.slayer.owned} className="lg:col-span-2">
          <OwnedWeapons weapons={me.owned_weapons} />
        </Card>
        {gallery}
        <Card
          title={m.slayer.badges}
          aside={
            badges.data
              ? m.slayer.badgesOf(badges.data.earned.length, badges.data.earned.length + badges.data.open.length)
              : null
          }
        >
          <Loaded source={badges} lines={6}>
            {(found) => <BadgeList {...found} />}
          </Loaded>
        </Card>
        <LedgerCard />
        <MemoriesCard />
        <AccountCard onLeft={onLeft} />
      </div>
      <Panel open={editing} onClose={() => setEditing(false)} title={m.profile.edit} wide>
        {editing ? <ProfileForm me={me} onDone={() => setEditing(false)} /> : null}
      </Panel>
    </Page>
  );
}

function Standing({ me }: { me: Me }) {
  const style = useStyle(me.breathing_style);
  const build = [
    [m.build.level, me.level],
    [m.build.strength, me.strength],
    [m.build.dexterity, me.dexterity],
    [m.build.stamina, me.stamina],
  ] as const;
  return (
    <section
      aria-label={m.slayer.standing}
      className="card relative isolate grid content-start gap-5 overflow-hidden p-5 sm:p-6"
    >
      <span
        aria-hidden="true"
        className="absolute -top-16 -right-16 -z-10 size-56 rounded-full opacity-15"
        style={{ background: style.color }}
      />
      <div className="flex items-center gap-4">
        <Emblem style={style} size={72} />
        <div className="min-w-0">
          <p className="font-display text-2xl leading-tight font-extrabold [overflow-wrap:anywhere]">{me.name}</p>
          <p className="text-soft">
            {m.style.full(style.name)} · {me.handle}
          </p>
        </div>
      </div>
      <div className="grid gap-2">
        <p className="flex items-baseline justify-between gap-3">
          <span className="font-display text-xl font-extrabold" data-rank={me.rank}>
            {me.rank}
          </span>
          <span className="text-lg font-bold text-gold">{points(me.nichirin_points)}</span>
        </p>
        <RankMeter {...me} />
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-1 sm:grid-cols-4">
        {build.map(([label, value]) => (
          <div key={label} className="flex items-baseline justify-between gap-2 sm:grid sm:justify-start sm:gap-0">
            <dt className="text-sm text-soft">{label}</dt>
            <dd className="text-lg font-bold tabular-nums">{Math.round(value)}</dd>
          </div>
        ))}
      </dl>
      <div className="border-t border-line pt-4">
        <NameSwitch me={me} />
      </div>
    </section>
  );
}
