import { Icon, type IconName } from "@/components/icon";

const EMBLEMS: [RegExp, IconName][] = [
  [/^rank_/, "dawn"],
  [/streak/, "flame"],
  [/hour|minutes/, "clock"],
  [/weapon_type/, "rack"],
  [/blood|victor/, "blade"],
];

interface BadgeProps {
  feat: string;
  /** An open feat is only outlined. */
  earned?: boolean;
  size?: number;
}

/** The emblem of a feat on a small shield. Decorative: the feat's name stands beside it. */
export function Badge({ feat, earned = true, size = 40 }: BadgeProps) {
  const emblem = EMBLEMS.find(([pattern]) => pattern.test(feat))?.[1] ?? "star";
  return (
    <span
      aria-hidden="true"
      className={`relative inline-grid shrink-0 place-items-center ${earned ? "text-gold" : "text-steel"}`}
      style={{ width: size, height: size }}
    >
      <svg viewBox="0 0 40 40" width={size} height={size} className="absolute inset-0">
        <path
          d="M20 2.5 35 8v12.5c0 8.2-6.2 13.9-15 17-8.8-3.1-15-8.8-15-17V8z"
          fill="currentColor"
          fillOpacity={earned ? 0.16 : 0}
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinejoin="round"
          strokeDasharray={earned ? undefined : "3 3"}
        />
      </svg>
      <span className="relative -mt-0.5">
        <Icon name={emblem} size={Math.round(size * 0.46)} />
      </span>
    </span>
  );
}
