import type { IconName } from "@/components/icon";
import { m } from "@/lib/messages";
import type { Specialist } from "@/lib/types";

/** How each specialist signs. */
export const SPECIALISTS: Record<Specialist, { label: string; icon: IconName; tone: string }> = {
  coach: { label: m.specialists.coach, icon: "book", tone: "text-moss" },
  recommender: { label: m.specialists.recommender, icon: "blade", tone: "text-accent" },
  artist: { label: m.specialists.artist, icon: "brush", tone: "text-vermilion" },
  quartermaster: { label: m.specialists.quartermaster, icon: "ledger", tone: "text-gold" },
};
