import { Link } from "wouter";
import { Loaded } from "@/components/loaded";
import { Page } from "@/components/page";
import { WeaponLine } from "@/components/weapon-line";
import { When } from "@/components/when";
import { coins } from "@/lib/format";
import { m } from "@/lib/messages";
import { PLACES, weaponPlace } from "@/lib/places";
import { RECORD } from "@/lib/queries";
import type { OrderPage } from "@/lib/types";
import { useFetched } from "@/lib/use-fetched";

/** What the slayer has bought, the latest first. */
export function OrdersPage() {
  const orders = useFetched<OrderPage>("/orders?limit=200", RECORD);
  return (
    <Page title={m.receipts.title}>
      <Loaded source={orders} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <div className="card grid justify-items-center gap-3 p-8 text-center">
              <p className="text-soft">{m.receipts.none}</p>
              <Link href={PLACES.armoury} className="button">
                {m.receipts.browse}
              </Link>
            </div>
          ) : (
            <>
              <p className="text-soft">
                {m.receipts.total(
                  items.length,
                  items.reduce((sum, order) => sum + order.price, 0),
                )}
              </p>
              <ul className="grid gap-3">
                {items.map((order) => (
                  <li key={order.order_id} className="card p-4" data-order={order.order_id}>
                    <WeaponLine weapon={order.weapon}>
                      <h2 className="text-[1.05rem]">
                        <Link href={weaponPlace(order.weapon.slug)} className="hover:underline">
                          {order.weapon.name}
                        </Link>
                      </h2>
                      <p className="font-bold text-gold">{coins(order.price)}</p>
                      <p className="text-sm text-soft">
                        <When moment={order.ordered_at} />
                      </p>
                    </WeaponLine>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
