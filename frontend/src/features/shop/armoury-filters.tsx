import { useId, useState } from "react";
import { Icon } from "@/components/icon";
import { useShop } from "@/components/shop-context";
import { EVERYTHING, narrowness, SORTS, type Sort, type Wanted } from "@/features/shop/wanted";
import { kilograms } from "@/lib/format";
import { m } from "@/lib/messages";

const WEIGHTS = ["0.5", "1", "1.5", "2", "3", "5"];

interface FiltersProps {
  wanted: Wanted;
  onChange: (change: Partial<Wanted>) => void;
}

/** Search and order always; the other filters fold away on a phone. */
export function ArmouryFilters({ wanted, onChange }: FiltersProps) {
  const { weapon_types: types, styles, rarities } = useShop();
  const [open, setOpen] = useState(false);
  const id = useId();
  const set = narrowness(wanted);
  return (
    <div role="search" className="grid gap-3">
      <div className="grid grid-cols-[1fr_auto] gap-3 sm:grid-cols-[1fr_auto_12rem]">
        <label className="relative max-sm:col-span-2">
          <span className="sr-only">{m.armoury.search}</span>
          <span className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-soft">
            <Icon name="search" />
          </span>
          <input
            type="search"
            className="input pl-10"
            placeholder={m.armoury.search}
            value={wanted.search}
            onChange={(event) => onChange({ search: event.target.value })}
          />
        </label>
        <Choice
          label={m.armoury.sort}
          value={wanted.sort}
          options={Object.entries(SORTS)}
          onPick={(sort) => onChange({ sort: sort as Sort })}
          className="sm:order-last"
        />
        <button
          type="button"
          className="button min-h-11"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <Icon name="sliders" /> {m.armoury.filters}
          {set > 0 ? (
            <span className="rounded-full bg-accent px-1.5 text-xs font-bold text-on-accent">{set}</span>
          ) : null}
        </button>
      </div>
      <div id={id} hidden={!open} className="card grid grid-cols-2 gap-3 p-4 sm:grid-cols-3 lg:grid-cols-6">
        <Choice
          shown
          label={m.armoury.type}
          value={wanted.type}
          options={[["", m.armoury.allTypes], ...types.map((one): [string, string] => [one, one])]}
          onPick={(type) => onChange({ type })}
        />
        <Choice
          shown
          label={m.armoury.style}
          value={wanted.style}
          options={[["", m.armoury.allStyles], ...styles.map(({ name }): [string, string] => [name, name])]}
          onPick={(style) => onChange({ style })}
        />
        <Choice
          shown
          label={m.armoury.rarity}
          value={wanted.rarity}
          options={[["", m.armoury.allRarities], ...rarities.map((one): [string, string] => [one, one])]}
          onPick={(rarity) => onChange({ rarity })}
        />
        <Price label={m.armoury.minPrice} value={wanted.minPrice} onText={(minPrice) => onChange({ minPrice })} />
        <Price label={m.armoury.maxPrice} value={wanted.maxPrice} onText={(maxPrice) => onChange({ maxPrice })} />
        <Choice
          shown
          label={m.armoury.maxWeight}
          value={wanted.maxWeight}
          options={[
            ["", m.armoury.anyWeight],
            ...WEIGHTS.map((weight): [string, string] => [weight, m.armoury.upTo(kilograms(Number(weight)))]),
          ]}
          onPick={(maxWeight) => onChange({ maxWeight })}
        />
        {set > 0 ? (
          <button
            type="button"
            className="button button-small col-span-full w-fit"
            onClick={() => onChange({ ...EVERYTHING, search: wanted.search, sort: wanted.sort })}
          >
            {m.armoury.clear}
          </button>
        ) : null}
      </div>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: [string, string][];
  /** Whether the label is seen; it is always read. */
  shown?: boolean;
  className?: string;
  onPick: (value: string) => void;
}

function Choice({ label, value, options, shown = false, className = "", onPick }: ChoiceProps) {
  const id = useId();
  return (
    <div className={`grid content-end gap-1 ${className}`}>
      <label htmlFor={id} className={shown ? "label" : "sr-only"}>
        {label}
      </label>
      <select
        id={id}
        className={`input ${shown ? "capitalize" : ""}`}
        value={value}
        onChange={(event) => onPick(event.target.value)}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function Price({ label, value, onText }: { label: string; value: string; onText: (text: string) => void }) {
  const id = useId();
  return (
    <div className="grid content-end gap-1">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <input
        id={id}
        className="input"
        inputMode="numeric"
        autoComplete="off"
        value={value}
        onChange={(event) => onText(event.target.value.replace(/\D/g, ""))}
      />
    </div>
  );
}
