import type { ReactNode } from "react";
import { Emblem } from "@/components/emblem";
import { useShop } from "@/components/shop-context";
import { coins, kilograms } from "@/lib/format";
import type { Weapon } from "@/lib/types";

const RARITY_TONES: Record<string, string> = {
  common: "text-soft",
  uncommon: "text-moss",
  rare: "text-[#2a62a8] dark:text-[#86b6ea]",
  epic: "text-[#6c3fb0] dark:text-[#c0a0f0]",
  legendary: "text-gold",
};

interface WeaponCardProps {
  weapon: Weapon;
  /** Set on the picture's corner, such as "Best match". */
  ribbon?: string | undefined;
  children?: ReactNode;
}

/** A weapon as the shop shows it everywhere: picture, name, what it costs, what it is. */
export function WeaponCard({ weapon, ribbon, children }: WeaponCardProps) {
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
          alt={`${weapon.name}, a ${weapon.rarity} ${weapon.weapon_type}`}
          width={320}
          height={200}
          loading="lazy"
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
            <h2 className="text-[1.05rem]">{weapon.name}</h2>
            <p className="shrink-0 font-bold text-gold">{coins(weapon.price)}</p>
          </div>
          <p className="mt-0.5 text-sm text-soft">
            <span className={`font-bold capitalize ${RARITY_TONES[weapon.rarity] ?? "text-soft"}`}>
              {weapon.rarity}
            </span>{" "}
            {weapon.weapon_type} · <span className="whitespace-nowrap">{kilograms(weapon.weight)}</span> ·{" "}
            <span className="whitespace-nowrap">sharpness {Math.round(weapon.sharpness)}</span>
          </p>
        </div>
        <StyleRow names={weapon.styles} />
        {children}
      </div>
    </article>
  );
}

function StyleRow({ names }: { names: string[] }) {
  const { styles } = useShop();
  const known = styles.filter((style) => names.includes(style.name));
  if (known.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-sm text-soft" aria-label="Breathing styles">
      {known.map((style) => (
        <li key={style.name} className="inline-flex items-center gap-1.5">
          <Emblem style={style} size={20} />
          {style.name}
        </li>
      ))}
    </ul>
  );
}
