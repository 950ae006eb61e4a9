import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert } from "@/components/alert";
import { Page } from "@/components/page";
import { RetryButton } from "@/components/retry-button";
import { useOwns } from "@/components/slayer-context";
import { Waiting } from "@/components/waiting";
import { WeaponCard } from "@/components/weapon-card";
import { ArmouryFilters } from "@/features/shop/armoury-filters";
import { OrderButton } from "@/features/shop/order-button";
import { useWanted } from "@/features/shop/use-wanted";
import { PAGE_SIZE, queryOf } from "@/features/shop/wanted";
import { get, messageOf } from "@/lib/api";
import { m } from "@/lib/messages";
import { WEAPONS } from "@/lib/queries";
import type { Weapon, WeaponPage } from "@/lib/types";

/** How many weapons a window shows before anybody scrolls. */
const EARLY = 3;

interface ArmouryPageProps {
  /** Takes the question to the dojo. */
  onAsk: (message: string) => void;
}

/** Every weapon of the shop, with search, filters and order. */
export function ArmouryPage({ onAsk }: ArmouryPageProps) {
  const { wanted, draft, change } = useWanted();
  const query = queryOf(wanted);
  const { data, error, refetch } = useQuery({
    queryKey: [...WEAPONS, query],
    queryFn: ({ signal }) => get<WeaponPage>(`/weapons?${query}`, { signal }),
    placeholderData: keepPreviousData,
  });
  const pages = data ? Math.max(1, Math.ceil(data.total / PAGE_SIZE)) : 1;

  return (
    <Page
      title={m.armoury.title}
      aside={
        <p role="status" className="text-soft">
          {data ? m.armoury.weapons(data.total) : m.common.looking}
        </p>
      }
    >
      <ArmouryFilters wanted={draft} onChange={change} />
      {error ? <Alert action={<RetryButton onRetry={() => void refetch()} />}>{messageOf(error)}</Alert> : null}
      {!data && !error ? <Waiting lines={6} /> : null}
      {data?.total === 0 ? <NothingFound onAsk={onAsk} /> : null}
      <h2 className="sr-only">{m.armoury.results}</h2>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {data?.items.map((weapon, at) => (
          <li key={weapon.weapon_id} className="grid">
            <WeaponCard weapon={weapon} level={3} early={at < EARLY}>
              <div className="mt-auto flex flex-wrap items-center gap-2">
                <Availability weapon={weapon} />
                <button type="button" className="button button-small" onClick={() => onAsk(m.ask.about(weapon.name))}>
                  {m.armoury.askCoach}
                </button>
                <OrderButton weapon={weapon} />
              </div>
            </WeaponCard>
          </li>
        ))}
      </ul>
      {pages > 1 ? (
        <nav aria-label={m.armoury.pages} className="flex items-center justify-center gap-4 pb-4">
          <button
            type="button"
            className="button"
            disabled={wanted.page === 1}
            onClick={() => change({ page: wanted.page - 1 })}
          >
            {m.common.previous}
          </button>
          <span className="text-soft tabular-nums">{m.common.of(wanted.page, pages)}</span>
          <button
            type="button"
            className="button"
            disabled={wanted.page >= pages}
            onClick={() => change({ page: wanted.page + 1 })}
          >
            {m.common.next}
          </button>
        </nav>
      ) : null}
    </Page>
  );
}

function NothingFound({ onAsk }: { onAsk: (message: string) => void }) {
  return (
    <div className="grid justify-items-center gap-3 py-10 text-center">
      <p className="font-display text-lg font-extrabold">{m.armoury.none}</p>
      <p className="text-soft">{m.armoury.noneHint}</p>
      <button type="button" className="button" onClick={() => onAsk(m.ask.recommend)}>
        {m.armoury.askRecommender}
      </button>
    </div>
  );
}

function Availability({ weapon }: { weapon: Weapon }) {
  const owned = useOwns(weapon.weapon_id);
  if (owned) return <span className="mr-auto text-sm font-bold text-moss">{m.weapon.yours}</span>;
  return (
    <span className="mr-auto text-sm text-soft">
      {weapon.stock > 0 ? m.weapon.stockLeft(weapon.stock) : m.weapon.soldOut}
    </span>
  );
}
