import type { BreathingStyle } from "@/lib/types";

// The crests are drawn, so that they look the same on every machine; a style without one shows the shop's emoji.
const CRESTS: Record<string, string> = {
  Water:
    "M3 9c2.2-3 4.3-3 6.5 0s4.3 3 6.5 0 3.6-2.5 5-.6M3 14.5c2.2-3 4.3-3 6.5 0s4.3 3 6.5 0 3.6-2.5 5-.6M6.5 19c1.8-1.8 3.5-1.8 5.2 0s3.5 1.8 5.2 0",
  Flame:
    "M12 3c.6 3.6 5.5 5.6 5.5 10.7A5.5 5.5 0 0 1 12 20.5a5.5 5.5 0 0 1-5.5-5.8c0-2.6 1.4-4 2.3-5.7.9 1.2 1.2 1.9 1.3 3C11.7 10 12.3 6.8 12 3zM12 20.5c-1.6-.4-2.3-1.7-2.2-3 .1-1.4 1.3-2 2.2-3.5.9 1.5 2.1 2.1 2.2 3.5.1 1.3-.6 2.6-2.2 3z",
  Thunder: "M13.5 2.5 5.5 13.5h5l-1.5 8 9-12h-5.5z",
  Wind: "M3 9h11.5a2.7 2.7 0 1 0-2.6-3.5M3 13h15.3a2.6 2.6 0 1 1-2.5 3.4M3 17h8.5a2.2 2.2 0 1 1-2.1 2.9",
  Stone: "M12 3 19.8 7.5v9L12 21l-7.8-4.5v-9zM12 3v9m0 0 7.8-4.5M12 12 4.2 7.5M12 12v9",
  Mist: "M6 7h13M3 10.5h11M16.5 10.5H21M5 14h15M3 17.5h6M11.5 17.5H18",
  Serpent:
    "M18.5 5.5c-3-3-8-2.3-8.5.7-.6 3.4 7.5 3.3 7.5 7.3 0 4.3-8 4.5-11.5.5M18.5 5.5l2-1.5M18.5 5.5l2.2 1M16 5.2h.01M6 14l-2.5 4",
  Love: "M12 20C5 15.2 3.2 12 3.2 8.8A4.3 4.3 0 0 1 12 7.5a4.3 4.3 0 0 1 8.8 1.3C20.8 12 19 15.2 12 20z",
  Insect:
    "M12 7v12M12 10C10 4.5 4 3.8 4 7.5S8 13 12 12.5M12 10c2-5.5 8-6.2 8-2.5s-4 5.5-8 5M12 13c-3.5.2-6.5 2-5.5 4.6 1 2.4 4.8.7 5.5-2.6.7 3.3 4.5 5 5.5 2.6 1-2.6-2-4.4-5.5-4.6M12 7l-1.8-3M12 7l1.8-3",
  Flower:
    "M12 9.7c-2.2-2.6-1.7-5 0-6.7 1.7 1.7 2.2 4.1 0 6.7M14.2 11.3c1.8-2.9 4.2-3.1 6.3-2-1 2.1-3.1 3.4-6.3 2M13.4 13.9c3.3.8 4.2 3 3.9 5.3-2.4-.3-4.2-1.9-3.9-5.3M10.6 13.9c.3 3.4-1.5 5-3.9 5.3-.3-2.3.6-4.5 3.9-5.3M9.8 11.3c-3.2 1.4-5.3.1-6.3-2 2.1-1.1 4.5-.9 6.3 2M12 11.5v1",
  Sound:
    "M4 8.5c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 8.5v7c0 1.7 3.6 3 8 3s8-1.3 8-3v-7M8 11.5v6M16 11.5v6M12 12v6.5",
  Beast:
    "M5 4c-.8 5 .6 8.5 3.5 11M9 4.5c-.8 4 0 7.5 2 10.5M13.5 4.5c-.5 4 .3 7.5 2 10.5M18 5c0 4.5.6 7.5 2 10M6 18.5c3.5 2.3 9 2.6 13.5.5",
  Moon: "M19.5 14.5A8.2 8.2 0 1 1 10 4.2a6.6 6.6 0 0 0 9.5 10.3zM16.5 4.5v3M15 6h3",
  Sun: "M12 7.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
};

interface EmblemProps {
  style: BreathingStyle;
  /** Diameter in pixels. */
  size?: number;
}

/** The crest of a breathing style on a disc of its colour. Decorative: the name stands beside it or in a label. */
export function Emblem({ style, size = 32 }: EmblemProps) {
  const crest = CRESTS[style.name];
  return (
    <span
      aria-hidden="true"
      className="inline-grid shrink-0 place-items-center rounded-full text-white ring-1 ring-white/25 ring-inset"
      style={{ width: size, height: size, backgroundColor: style.color, fontSize: size * 0.5 }}
    >
      {crest ? (
        <svg viewBox="0 0 24 24" width={size * 0.66} height={size * 0.66} fill="none" stroke="currentColor">
          <path d={crest} strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      ) : (
        style.emblem
      )}
    </span>
  );
}
