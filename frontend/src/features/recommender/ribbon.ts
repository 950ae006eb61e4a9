import { m } from "@/lib/messages";
import type { Recommendation } from "@/lib/types";

/** What a card says on its picture. A weapon that is tried out is no match that was predicted, wherever it stands. */
export function ribbonOf(weapon: Pick<Recommendation, "explored">, index: number): string | undefined {
  if (weapon.explored) return m.weapon.tried;
  return index === 0 ? m.weapon.best : undefined;
}
