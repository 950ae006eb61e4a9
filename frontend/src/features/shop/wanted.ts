// What is looked for in the armoury, as it stands in the address (so that a search can be shared and the back button works)
// and as the API takes it. Pure functions.

import { m } from "@/lib/messages";

export const PAGE_SIZE = 24;

export const SORTS = m.armoury.sorts;
export type Sort = keyof typeof SORTS;

export interface Wanted {
  search: string;
  type: string;
  style: string;
  rarity: string;
  /** Coins; empty for any. */
  minPrice: string;
  maxPrice: string;
  /** Kilograms; empty for any. */
  maxWeight: string;
  sort: Sort;
  page: number;
}

export const EVERYTHING: Wanted = {
  search: "",
  type: "",
  style: "",
  rarity: "",
  minPrice: "",
  maxPrice: "",
  maxWeight: "",
  sort: "name",
  page: 1,
};

/** The names in the address, and those of the API. */
const NAMES = [
  ["search", "q"],
  ["type", "type"],
  ["style", "style"],
  ["rarity", "rarity"],
  ["minPrice", "min_price"],
  ["maxPrice", "max_price"],
  ["maxWeight", "max_weight"],
] as const;
const NUMBERS = new Set<string>(["minPrice", "maxPrice", "maxWeight"]);

export function wantedIn(address: URLSearchParams): Wanted {
  const wanted = { ...EVERYTHING };
  for (const [name, wire] of NAMES) wanted[name] = address.get(wire) ?? "";
  const sort = address.get("sort") ?? "";
  if (Object.hasOwn(SORTS, sort)) wanted.sort = sort as Sort;
  const page = Number(address.get("page"));
  if (Number.isInteger(page) && page > 0) wanted.page = page;
  return wanted;
}

/** For the address: only what differs from everything. */
export function addressOf(wanted: Wanted): URLSearchParams {
  const address = filtersOf(wanted);
  if (wanted.sort !== EVERYTHING.sort) address.set("sort", wanted.sort);
  if (wanted.page > 1) address.set("page", String(wanted.page));
  return address;
}

/** For the API. What is half typed (a price that is no number yet) does not narrow the search. */
export function queryOf(wanted: Wanted): string {
  const query = filtersOf(wanted);
  query.set("sort", wanted.sort);
  query.set("page", String(wanted.page));
  query.set("page_size", String(PAGE_SIZE));
  return query.toString();
}

/** How many filters are set, the search not counted. */
export function narrowness(wanted: Wanted): number {
  return [...filtersOf({ ...wanted, search: "" }).keys()].length;
}

function filtersOf(wanted: Wanted): URLSearchParams {
  const filters = new URLSearchParams();
  for (const [name, wire] of NAMES) {
    const value = wanted[name].trim();
    if (value && (!NUMBERS.has(name) || isAmount(name, value))) filters.set(wire, value);
  }
  return filters;
}

function isAmount(name: string, text: string): boolean {
  const value = Number(text);
  return (
    Number.isFinite(value) && value >= 0 && value <= 1_000_000 && (name === "maxWeight" || Number.isInteger(value))
  );
}
