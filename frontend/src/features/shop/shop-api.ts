import { post } from "@/lib/api";
import type { PlacedOrder } from "@/lib/types";

interface WantedOrder {
  /** Our own name for the order: sent twice, it is one order. */
  order_key: string;
  weapon_id: string;
  /** What the slayer saw; the shop refuses when it has changed. */
  price: number;
}

export function placeOrder(order: WantedOrder): Promise<PlacedOrder> {
  return post("/orders", order);
}
