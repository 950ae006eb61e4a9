// Things of the shop, for tests.

import type { Me, Recommendation, Shop, Weapon } from "@/lib/types";

export function aShop(): Shop {
  return {
    styles: [
      { name: "Water", emblem: "🌊", color: "#2f7fb8", temper: "flowing" },
      { name: "Flame", emblem: "🔥", color: "#d2451e", temper: "burning" },
    ],
    weapon_types: ["katana", "spear"],
    rarities: ["common", "rare"],
    demo: true,
    engine: "embedded",
    image_model: true,
  };
}

export function aWeapon(change: Partial<Weapon> = {}): Weapon {
  return {
    weapon_id: "w-1",
    slug: "heron-spear",
    name: "Heron Spear",
    weapon_type: "spear",
    weight: 1.9,
    sharpness: 71,
    price: 240,
    rarity: "common",
    stock: 3,
    styles: ["Water"],
    picture: "/weapons/w-1/picture.svg",
    ...change,
  };
}

export function aRecommendation(change: Partial<Recommendation> = {}): Recommendation {
  return {
    ...aWeapon(),
    score: 0.8,
    reasons: ["Matches your Water Breathing"],
    explored: false,
    model_version: "7",
    ...change,
  };
}

export function aSlayer(change: Partial<Me> = {}): Me {
  return {
    slayer_id: "s-1",
    handle: "sabine",
    role: "slayer",
    name: "Sabine",
    breathing_style: "Water",
    level: 10,
    strength: 50,
    dexterity: 50,
    stamina: 50,
    timezone: "Asia/Tokyo",
    nichirin_points: 12,
    rank: "Apprentice",
    next_rank: "Slayer",
    points_to_next: 88,
    streak: 2,
    owned_weapons: [],
    show_name: false,
    ...change,
  };
}
