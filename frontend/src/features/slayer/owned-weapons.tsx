import { Link } from "wouter";
import { PLACES, weaponPlace } from "@/lib/places";
import { kilograms } from "@/lib/format";
import { m } from "@/lib/messages";
import type { Weapon } from "@/lib/types";

/** The weapons in the slayer's hands, each a way to its page. */
export function OwnedWeapons({ weapons }: { weapons: Weapon[] }) {
  if (weapons.length === 0) {
    return (
      <p className="text-soft">
        {m.slayer.ownedNone}{" "}
        <Link href={PLACES.armoury} className="text-accent underline">
          {m.receipts.browse}
        </Link>
      </p>
    );
  }
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3">
      {weapons.map((weapon) => (
        <li key={weapon.weapon_id}>
          <Link href={weaponPlace(weapon.slug)} className="group grid gap-1.5 rounded-lg" data-owned={weapon.slug}>
            <img
              src={weapon.picture}
              alt=""
              width={320}
              height={200}
              loading="lazy"
              decoding="async"
              className="aspect-[8/5] w-full rounded-lg border border-line bg-[#1b1e23] object-cover"
            />
            <span className="leading-tight font-bold group-hover:underline">{weapon.name}</span>
            <span className="text-sm text-soft">
              {weapon.weapon_type} · {kilograms(weapon.weight)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
