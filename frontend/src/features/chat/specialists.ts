import type { IconName } from "@/components/icon";
import type { Specialist } from "@/lib/types";

/** How each specialist signs. */
export const SPECIALISTS: Record<Specialist, { label: string; icon: IconName; tone: string }> = {
  coach: { label: "Coach", icon: "book", tone: "text-moss" },
  recommender: { label: "Recommender", icon: "blade", tone: "text-accent" },
  artist: { label: "Artist", icon: "brush", tone: "text-vermilion" },
  quartermaster: { label: "Quartermaster", icon: "ledger", tone: "text-gold" },
};
