import type { ReactNode } from "react";
import { StyleRow } from "@/components/style-row";
import { coins, kilograms } from "@/lib/format";
import type { Weapon } from "@/lib/types";
import { m } from "@/lib/messages";
import { weaponPlace } from "@/lib/places";
import { Link } from "wouter";

const RARITY_TONES: Record<string, string> = {
  common: "text-soft",
  uncommon: "text-moss",
  rare: "text-indigo",
  epic: "text-wisteria",
  legendary: "text-gold",
};

interface WeaponCardProps {
  weapon: Weapon;
  /** Set on the picture's corner, such as "Best match". */
  ribbon?: string | undefined;
  /** Where its name stands among the headings of the page. */
  level?: 2 | 3;
  /** Whether it is among the first things that are seen: its picture is fetched at once. */
  early?: boolean;
  children?: ReactNode;
}

/** A weapon as the shop shows it everywhere: picture, name, what it costs, what it is. */
export function WeaponCard({ weapon, ribbon, level = 2, early = false, children }: WeaponCardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <article
      className="card flex flex-col overflow-hidden"
      aria-label={weapon.name}
      data-slug={weapon.slug}
      data-price={weapon.price}
    >
      <div className="relative aspect-[8/5] bg-[#1b1e23]">
        <img
          src={weapon.picture}
          alt={m.weapon.picture(weapon.name, weapon.rarity, weapon.weapon_type)}
          width={320}
          height={200}
          loading={early ? "eager" : "lazy"}
          fetchPriority={early ? "high" : "auto"}
          decoding="async"
          className="h-full w-full object-cover"
        />
        {ribbon ? (
          <span className="absolute top-3 left-3 rounded-md bg-accent px-2 py-0.5 text-xs font-bold text-on-accent">
            {ribbon}
          </span>
        ) : null}
      </div>
      <div className="flex flex-1 flex-col gap-3 p-4">
        <div>
          <div className="flex items-baseline justify-between gap-3">
            <Heading className="text-[1.05rem]">
              <Link href={weaponPlace(weapon.slug)} className="hover:underline hover:decoration-accent">
                {weapon.name}
              </Link>
            </Heading>
            <p className="shrink-0 font-bold text-gold">{coins(weapon.price)}</p>
          </div>
          <p className="mt-0.5 text-sm text-soft">
            <span className={`font-bold capitalize ${RARITY_TONES[weapon.rarity] ?? "text-soft"}`}>
              {weapon.rarity}
            </span>{" "}
            {weapon.weapon_type} · <span className="whitespace-nowrap">{kilograms(weapon.weight)}</span> ·{" "}
            <span className="whitespace-nowrap">{m.weapon.sharpness(Math.round(weapon.sharpness))}</span>
          </p>
        </div>
        <StyleRow names={weapon.styles} />
        {children}
      </div>
    </article>
  );
}
