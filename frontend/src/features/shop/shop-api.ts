import { get } from "@/lib/api";
import type { Weapon } from "@/lib/types";

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
