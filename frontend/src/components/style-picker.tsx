import { Emblem } from "@/components/emblem";
import { useShop, useStyle } from "@/components/shop-context";
import { useAccent } from "@/components/use-accent";
import { m } from "@/lib/messages";

interface StylePickerProps {
  value: string;
  error?: string | undefined;
  onPick: (name: string) => void;
}

/** The breathing styles as radio buttons with their crests; the chosen one says how it moves. */
export function StylePicker({ value, error, onPick }: StylePickerProps) {
  const { styles } = useShop();
  const chosen = useStyle(value);
  useAccent(chosen.color);
  return (
    <fieldset aria-describedby="style-note">
      <legend className="label mb-2">{m.style.legend}</legend>
      <div className="grid grid-cols-4 gap-2 sm:grid-cols-7">
        {styles.map((style) => (
          <label
            key={style.name}
            className="relative grid cursor-pointer justify-items-center gap-1.5 rounded-xl border border-line bg-sheet px-1 py-2.5 text-sm transition-colors hover:border-steel has-checked:border-transparent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            style={
              style.name === value
                ? {
                    boxShadow: `inset 0 0 0 2px ${style.color}`,
                    background: `color-mix(in oklab, ${style.color} 14%, var(--sheet))`,
                  }
                : undefined
            }
          >
            <input
              type="radio"
              name="breathing_style"
              value={style.name}
              checked={style.name === value}
              className="absolute inset-0 cursor-pointer opacity-0"
              onChange={() => onPick(style.name)}
            />
            <Emblem style={style} size={36} />
            <span className={style.name === value ? "font-bold" : ""}>{style.name}</span>
          </label>
        ))}
      </div>
      <p id="style-note" className={`mt-2 text-sm ${error ? "font-medium text-vermilion" : "text-soft"}`}>
        {error ?? m.style.line(chosen.name, chosen.temper)}
      </p>
    </fieldset>
  );
}
