import { createContext, use } from "react";
import type { Me } from "@/lib/types";

/** Who is signed in, for everything in the dojo. */
export const SlayerContext = createContext<Me | null>(null);

export function useSlayer(): Me {
  const me = use(SlayerContext);
  if (!me) throw new Error("useSlayer needs a SlayerContext above it.");
  return me;
}

/** Whether the slayer owns the weapon already. */
export function useOwns(weaponId: string): boolean {
  return useSlayer().owned_weapons.some((weapon) => weapon.weapon_id === weaponId);
}
