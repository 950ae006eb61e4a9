import { Icon } from "@/components/icon";
import { WeaponLine } from "@/components/weapon-line";
import { When } from "@/components/when";
import { coins } from "@/lib/format";
import type { OrderBlock as Order } from "@/lib/types";
import { m } from "@/lib/messages";

/** The receipt of an order. */
export function OrderBlock({ block }: { block: Order }) {
  return (
    <section
      aria-label={m.order.label(block.weapon.name)}
      className="grid gap-3 rounded-xl border border-moss/45 bg-moss/6 p-4"
      data-order={block.order_id}
    >
      <p className="flex items-center gap-2 font-bold text-moss">
        <Icon name="done" /> {m.order.ordered}
      </p>
      <WeaponLine weapon={block.weapon}>
        <h2 className="text-[1.05rem]">{block.weapon.name}</h2>
        <p className="font-bold text-gold">{coins(block.price)}</p>
        <p className="text-sm text-soft">
          <When moment={block.ordered_at} />
        </p>
      </WeaponLine>
    </section>
  );
}
