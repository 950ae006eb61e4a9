import { ATTRIBUTES, BUILDS, isBuild, LEVELS, type Attributes } from "@/components/build";
import { m } from "@/lib/messages";

interface BuildPickerProps {
  value: Attributes;
  errors: Record<string, string | undefined>;
  onChange: (change: Partial<Attributes>) => void;
}

/** Level, strength, dexterity and stamina: a click for the hurried, sliders for the exact. */
export function BuildPicker({ value, errors, onChange }: BuildPickerProps) {
  return (
    <div className="grid gap-5">
      <fieldset>
        <legend className="label mb-2">{m.build.ranks}</legend>
        <div className="flex flex-wrap gap-2">
          {LEVELS.map(({ name, level }) => (
            <button
              key={name}
              type="button"
              className="button choice"
              aria-pressed={value.level === level}
              onClick={() => onChange({ level })}
            >
              {name}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="label mb-2">{m.build.presets}</legend>
        <div className="flex flex-wrap gap-2">
          {BUILDS.map(({ name, build }) => (
            <button
              key={name}
              type="button"
              className="button choice"
              aria-pressed={isBuild(value, build)}
              onClick={() => onChange(build)}
            >
              {name}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <legend className="label mb-2">{m.build.fine}</legend>
        {ATTRIBUTES.map(({ name, label, low, about }) => (
          <label key={name} className="grid gap-1">
            <span className="flex items-baseline justify-between gap-2">
              <span>
                <span className="font-medium">{label}</span> <span className="text-sm text-soft">{about}</span>
              </span>
              <output className="font-bold tabular-nums">{Math.round(value[name])}</output>
            </span>
            <input
              type="range"
              name={name}
              min={low}
              max={100}
              value={value[name]}
              aria-label={label}
              className="h-7 w-full"
              onChange={(event) => onChange({ [name]: Number(event.target.value) })}
            />
            {errors[name] ? <span className="text-sm font-medium text-vermilion">{errors[name]}</span> : null}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
