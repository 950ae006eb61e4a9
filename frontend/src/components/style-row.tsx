import { Emblem } from "@/components/emblem";
import { useShop } from "@/components/shop-context";
import { m } from "@/lib/messages";

/** Breathing styles by name, each with its crest. */
export function StyleRow({ names }: { names: string[] }) {
  const { styles } = useShop();
  const known = styles.filter((style) => names.includes(style.name));
  if (known.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-sm text-soft" aria-label={m.style.list}>
      {known.map((style) => (
        <li key={style.name} className="inline-flex items-center gap-1.5">
          <Emblem style={style} size={20} />
          {style.name}
        </li>
      ))}
    </ul>
  );
}
