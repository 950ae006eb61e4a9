import { get, post } from "@/lib/api";
import type { PlacedOrder, Weapon } from "@/lib/types";

export const PAGE_SIZE = 24;

export const SORTS = {
  name: "By name",
  price: "Cheapest first",
  "-price": "Dearest first",
  sharpness: "By sharpness",
} as const;

export type Sort = keyof typeof SORTS;

export interface WeaponPage {
  items: Weapon[];
  page: number;
  page_size: number;
  total: number;
}

interface Wanted {
  search: string;
  type: string;
  sort: Sort;
  page: number;
}

export function listWeapons({ search, type, sort, page }: Wanted, signal: AbortSignal): Promise<WeaponPage> {
  const query = new URLSearchParams({ sort, page: String(page), page_size: String(PAGE_SIZE) });
  if (search.trim()) query.set("q", search.trim());
  if (type) query.set("type", type);
  return get(`/weapons?${query.toString()}`, { signal });
}

interface WantedOrder {
  /** Our own name for the order: sent twice, it is one order. */
  order_key: string;
  weapon_id: string;
  /** What the slayer saw; the shop refuses when it has changed. */
  price: number;
}

export function placeOrder(order: WantedOrder): Promise<PlacedOrder> {
  return post("/orders", order);
}
