// A slayer's build in a click: where the sliders start from.

import { m } from "@/lib/messages";

export interface Build {
  strength: number;
  dexterity: number;
  stamina: number;
}

export const BUILDS: { name: string; build: Build }[] = [
  { name: m.build.balanced, build: { strength: 50, dexterity: 50, stamina: 50 } },
  { name: m.build.mighty, build: { strength: 75, dexterity: 35, stamina: 55 } },
  { name: m.build.swift, build: { strength: 35, dexterity: 75, stamina: 50 } },
  { name: m.build.enduring, build: { strength: 50, dexterity: 40, stamina: 75 } },
];

export const LEVELS = [
  { name: m.build.fresh, level: 1 },
  { name: m.build.seasoned, level: 20 },
  { name: m.build.veteran, level: 50 },
];

export const ATTRIBUTES = [
  { name: "level", label: m.build.level, low: 1, about: m.build.levelAbout },
  { name: "strength", label: m.build.strength, low: 0, about: m.build.strengthAbout },
  { name: "dexterity", label: m.build.dexterity, low: 0, about: m.build.dexterityAbout },
  { name: "stamina", label: m.build.stamina, low: 0, about: m.build.staminaAbout },
] as const;

export type AttributeName = (typeof ATTRIBUTES)[number]["name"];
export type Attributes = Record<AttributeName, number>;

export function isBuild(attributes: Attributes, build: Build): boolean {
  return (
    attributes.strength === build.strength &&
    attributes.dexterity === build.dexterity &&
    attributes.stamina === build.stamina
  );
}
