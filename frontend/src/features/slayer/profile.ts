import type { Me, ProfileChange } from "@/lib/types";

export type Profile = Pick<
  Me,
  "name" | "breathing_style" | "level" | "strength" | "dexterity" | "stamina" | "timezone"
>;

const NAMES = ["name", "breathing_style", "level", "strength", "dexterity", "stamina", "timezone"] as const;

/** What differs from the profile on record: the API keeps what it is not told. */
export function changesOf(before: Profile, after: Profile): ProfileChange {
  return Object.fromEntries(NAMES.filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]));
}
