import { useEffect, useState } from "react";
import { Alert } from "@/components/alert";
import { Icon } from "@/components/icon";
import { useShop } from "@/components/shop-context";
import { useSlayer } from "@/components/slayer-context";
import { WeaponCard } from "@/components/weapon-card";
import { OrderButton } from "@/features/shop/order-button";
import { listWeapons, PAGE_SIZE, SORTS, type Sort, type WeaponPage } from "@/features/shop/shop-api";
import { isAbort, messageOf } from "@/lib/api";
import type { PlacedOrder, Weapon } from "@/lib/types";

interface ArmouryPageProps {
  /** Takes the question to the dojo. */
  onAsk: (message: string) => void;
  onOrdered: (order: PlacedOrder) => void;
}

/** Every weapon of the shop, with search, type and order. */
export function ArmouryPage({ onAsk, onOrdered }: ArmouryPageProps) {
  const { weapon_types: types } = useShop();
  const [search, setSearch] = useState("");
  const [type, setType] = useState("");
  const [sort, setSort] = useState<Sort>("name");
  const [page, setPage] = useState(1);
  const { owned_weapons: owned } = useSlayer();
  const { found, problem, lookAgain } = useWeapons(search, type, sort, page);
  const pages = found ? Math.max(1, Math.ceil(found.total / PAGE_SIZE)) : 1;

  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid w-full max-w-6xl gap-5 px-4 py-6 sm:px-6">
        <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
          <h1 className="text-3xl">The armoury</h1>
          <p role="status" className="text-soft">
            {found ? `${found.total} ${found.total === 1 ? "weapon" : "weapons"}` : "Looking…"}
          </p>
        </header>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_12rem_12rem]" role="search">
          <label className="relative max-sm:col-span-2">
            <span className="sr-only">Search by name</span>
            <span className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-soft">
              <Icon name="search" />
            </span>
            <input
              type="search"
              className="input pl-10"
              placeholder="Search by name"
              value={search}
              onChange={(event) => {
                setSearch(event.target.value);
                setPage(1);
              }}
            />
          </label>
          <label>
            <span className="sr-only">Type</span>
            <select
              className="input capitalize"
              value={type}
              onChange={(event) => {
                setType(event.target.value);
                setPage(1);
              }}
            >
              <option value="">All types</option>
              {types.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <label>
            <span className="sr-only">Order</span>
            <select className="input" value={sort} onChange={(event) => setSort(event.target.value as Sort)}>
              {Object.entries(SORTS).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </div>
        {problem ? <Alert>{problem}</Alert> : null}
        {found?.total === 0 ? <p className="py-10 text-center text-soft">No weapon by that name hangs here.</p> : null}
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {found?.items.map((weapon) => (
            <li key={weapon.weapon_id} className="grid">
              <WeaponCard weapon={weapon}>
                <div className="mt-auto flex flex-wrap items-center gap-2">
                  <Availability weapon={weapon} owned={owned.some((one) => one.weapon_id === weapon.weapon_id)} />
                  <button
                    type="button"
                    className="button min-h-9 px-3 text-sm"
                    onClick={() => onAsk(`Tell me about the ${weapon.name}`)}
                  >
                    Ask the Coach
                  </button>
                  <OrderButton
                    weapon={weapon}
                    onOrdered={(order) => {
                      lookAgain();
                      onOrdered(order);
                    }}
                    onRefused={lookAgain}
                  />
                </div>
              </WeaponCard>
            </li>
          ))}
        </ul>
        {pages > 1 ? (
          <nav aria-label="Pages" className="flex items-center justify-center gap-4 pb-4">
            <button type="button" className="button" disabled={page === 1} onClick={() => setPage(page - 1)}>
              Previous
            </button>
            <span className="text-soft tabular-nums">
              {page} of {pages}
            </span>
            <button type="button" className="button" disabled={page === pages} onClick={() => setPage(page + 1)}>
              Next
            </button>
          </nav>
        ) : null}
      </div>
    </div>
  );
}

function Availability({ weapon, owned }: { weapon: Weapon; owned: boolean }) {
  if (owned) return <span className="mr-auto text-sm font-bold text-moss">Yours</span>;
  return (
    <span className="mr-auto text-sm text-soft">{weapon.stock > 0 ? `${weapon.stock} in stock` : "Sold out"}</span>
  );
}

const TYPING_PAUSE = 200;

function useWeapons(search: string, type: string, sort: Sort, page: number) {
  const [found, setFound] = useState<WeaponPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [look, setLook] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const timer = window.setTimeout(() => {
      listWeapons({ search, type, sort, page }, controller.signal).then(
        (weapons) => {
          setFound(weapons);
          setProblem(null);
        },
        (error: unknown) => {
          if (!isAbort(error)) setProblem(messageOf(error));
        },
      );
    }, TYPING_PAUSE);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
  }, [search, type, sort, page, look]);

  return { found, problem, lookAgain: () => setLook((before) => before + 1) };
}
