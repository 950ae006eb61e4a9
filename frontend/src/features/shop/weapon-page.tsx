import { Link } from "wouter";
import { Alert } from "@/components/alert";
import { Icon } from "@/components/icon";
import { Loaded } from "@/components/loaded";
import { Page } from "@/components/page";
import { useShop } from "@/components/shop-context";
import { useOwns } from "@/components/slayer-context";
import { StyleRow } from "@/components/style-row";
import { ManualText } from "@/features/shop/manual-text";
import { OrderButton } from "@/features/shop/order-button";
import { coins, kilograms } from "@/lib/format";
import { m } from "@/lib/messages";
import { PLACES } from "@/lib/places";
import { WEAPONS } from "@/lib/queries";
import type { Manual, Weapon } from "@/lib/types";
import { useFetched } from "@/lib/use-fetched";

interface WeaponPageProps {
  slug: string;
  /** Takes a question to the dojo. */
  onAsk: (message: string) => void;
}

/** One weapon: its picture, what it is, what it costs, and its manual word for word. */
export function WeaponPage({ slug, onAsk }: WeaponPageProps) {
  const manual = useFetched<Manual>(`/manuals/${encodeURIComponent(slug)}`, WEAPONS);
  const back = (
    <Link href={PLACES.armoury} className="inline-flex w-fit items-center gap-1.5 text-soft hover:text-ink">
      <Icon name="back" size={18} /> {m.manual.back}
    </Link>
  );
  const { data } = manual;
  if (!data) {
    return (
      <Page key={slug} title={manual.problem ? m.manual.missing : m.common.looking} above={back}>
        <Loaded source={manual} lines={8}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  return (
    <Page key={data.weapon.slug} title={data.weapon.name} above={back}>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[21rem_1fr]">
        <Facts weapon={data.weapon} onAsk={onAsk} />
        {data.sections.length > 0 ? <ManualText manual={data} onAsk={onAsk} /> : <Alert>{m.manual.none}</Alert>}
      </div>
    </Page>
  );
}

function Facts({ weapon, onAsk }: { weapon: Weapon; onAsk: (message: string) => void }) {
  const owned = useOwns(weapon.weapon_id);
  const { image_model: canPaint } = useShop();
  const facts = [
    [m.weapon.price, coins(weapon.price)],
    [m.weapon.type, weapon.weapon_type],
    [m.weapon.rarity, weapon.rarity],
    [m.weapon.weight, kilograms(weapon.weight)],
    [m.weapon.sharp, String(Math.round(weapon.sharpness))],
    [m.weapon.stock, owned ? m.weapon.yours : weapon.stock > 0 ? m.weapon.stockLeft(weapon.stock) : m.weapon.soldOut],
  ] as const;
  return (
    <section
      aria-label={m.manual.facts}
      className="card grid overflow-hidden lg:sticky lg:top-0"
      data-slug={weapon.slug}
      data-price={weapon.price}
    >
      <img
        src={weapon.picture}
        alt={m.weapon.picture(weapon.name, weapon.rarity, weapon.weapon_type)}
        width={320}
        height={200}
        className="aspect-[8/5] w-full bg-[#1b1e23] object-cover"
      />
      <div className="grid gap-4 p-4">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt className="text-sm text-soft">{label}</dt>
              <dd className="font-bold first-letter:uppercase">{value}</dd>
            </div>
          ))}
        </dl>
        <StyleRow names={weapon.styles} />
        <div className="flex flex-wrap gap-2">
          <button type="button" className="button button-small" onClick={() => onAsk(m.ask.about(weapon.name))}>
            <Icon name="chat" size={16} /> {m.manual.askAbout}
          </button>
          <button type="button" className="button button-small" onClick={() => onAsk(m.ask.train(weapon.name))}>
            {m.weapon.train}
          </button>
          {canPaint ? (
            <button type="button" className="button button-small" onClick={() => onAsk(m.ask.draw(weapon.name))}>
              <Icon name="brush" size={16} /> {m.weapon.draw}
            </button>
          ) : null}
          <OrderButton weapon={weapon} />
        </div>
      </div>
    </section>
  );
}
