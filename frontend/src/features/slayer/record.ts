// What is on the slayer's record. All under the key that a turn, an order or a new day invalidates.

import { RECORD } from "@/lib/queries";
import type { Achievements, Day, DayList, LedgerPage, MemoryList } from "@/lib/types";
import { useFetched, type Fetched } from "@/lib/use-fetched";

export const WEEKS = 12;

export const useBadges = (): Fetched<Achievements> => useFetched("/me/achievements", RECORD);
export const useDays = (): Fetched<DayList> => useFetched(`/me/days?days=${WEEKS * 7}`, RECORD);
export const useMemories = (): Fetched<MemoryList> => useFetched("/me/memories", RECORD);
export const useLedger = (limit: number): Fetched<LedgerPage> => useFetched(`/me/ledger?limit=${limit}`, RECORD);

/** The days by their date. */
export function byDate(days: readonly Day[]): Map<string, Day> {
  return new Map(days.map((day) => [day.day, day]));
}
