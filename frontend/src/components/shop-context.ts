import { createContext, use } from "react";
import type { BreathingStyle, Shop } from "@/lib/types";

/** What the shop says about itself, for everything below the app. */
export const ShopContext = createContext<Shop | null>(null);

export function useShop(): Shop {
  const shop = use(ShopContext);
  if (!shop) throw new Error("useShop needs a ShopContext above it.");
  return shop;
}

/** The breathing style of that name, with a plain look for one that the shop does not list. */
export function useStyle(name: string): BreathingStyle {
  const shop = useShop();
  return shop.styles.find((style) => style.name === name) ?? { name, emblem: "", color: "#6a7681", temper: "" };
}
