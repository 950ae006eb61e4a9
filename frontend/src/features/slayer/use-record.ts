import type { Achievements, LedgerPage, Me } from "@/lib/types";
import { useFetched, type Fetched } from "@/lib/use-fetched";

const RECENT = 5;

export interface SlayerRecord {
  badges: Fetched<Achievements>;
  ledger: Fetched<LedgerPage>;
}

/** Badges and latest ledger entries; looked up again whenever the slayer has been. */
export function useRecord(me: Me): SlayerRecord {
  const badges = useFetched<Achievements>("/me/achievements", me);
  const ledger = useFetched<LedgerPage>(`/me/ledger?limit=${RECENT}`, me);
  return { badges, ledger };
}
