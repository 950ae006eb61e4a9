import type { ReactNode } from "react";
import type { Weapon } from "@/lib/types";
import { m } from "@/lib/messages";

/** A weapon in one line: a small picture, and beside it what there is to say. */
export function WeaponLine({ weapon, children }: { weapon: Weapon; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <img
        src={weapon.picture}
        alt={m.weapon.picture(weapon.name, weapon.rarity, weapon.weapon_type)}
        width={320}
        height={200}
        decoding="async"
        className="aspect-[8/5] w-24 shrink-0 rounded-lg border border-line bg-[#1b1e23] object-cover sm:w-40"
      />
      <div className="min-w-36 flex-1">{children}</div>
    </div>
  );
}
