// A trace in words. Pure functions.

import { m } from "@/lib/messages";
import type { Trace, TraceHit, TraceSearch, TraceUse } from "@/lib/types";

/** "heron-spear" -> "Heron Spear". */
export function weaponName(slug: string): string {
  return slug
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** Where a passage stood in the two rankings: "1st by meaning, 3rd by words". */
export function rankWords(hit: TraceHit): string {
  const places = [
    hit.dense_rank == null ? null : m.why.byMeaning(ordinal(hit.dense_rank)),
    hit.lexical_rank == null ? null : m.why.byWords(ordinal(hit.lexical_rank)),
  ];
  return places.filter((place) => place !== null).join(", ") || m.why.beside;
}

/** What a search was narrowed down to: "in the Heron Spear manual, section Maintenance". */
export function foundIn({ weapon, section }: TraceSearch): string {
  if (weapon && section) return m.why.inManualSection(weaponName(weapon), section);
  if (weapon) return m.why.inManual(weaponName(weapon));
  return section ? m.why.inSections(section) : "";
}

interface Place {
  source: string;
  section: string;
}

export function isSame(one: Place, other: Place): boolean {
  return one.source === other.source && one.section === other.section;
}

/** What the answer cites that no search had to find: the Coach knew where it stands. */
export function unsought({ used, searches }: Trace): TraceUse[] {
  const found = searches.flatMap((search) => search.hits);
  return used.filter((one) => !found.some((hit) => isSame(one, hit)));
}

const RULES = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

function ordinal(place: number): string {
  return `${place}${ENDINGS[RULES.select(place)] ?? "th"}`;
}
