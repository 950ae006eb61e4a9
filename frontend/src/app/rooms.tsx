import { lazy, Suspense } from "react";
import { Link, Route, Switch } from "wouter";
import { Mark } from "@/components/logo";
import { Page } from "@/components/page";
import { Waiting } from "@/components/waiting";
import { ArmouryPage } from "@/features/shop/armoury-page";
import { m } from "@/lib/messages";
import { PLACES } from "@/lib/places";
import type { Me } from "@/lib/types";

// Each room is fetched when somebody first goes there, but for the one where most go first.
const WeaponPage = lazy(() =>
  import("@/features/shop/weapon-page").then(({ WeaponPage }) => ({ default: WeaponPage })),
);
const GalleryPage = lazy(() =>
  import("@/features/gallery/gallery-page").then(({ GalleryPage }) => ({ default: GalleryPage })),
);
const GalleryStrip = lazy(() =>
  import("@/features/gallery/gallery-strip").then(({ GalleryStrip }) => ({ default: GalleryStrip })),
);
const OrdersPage = lazy(() =>
  import("@/features/shop/orders-page").then(({ OrdersPage }) => ({ default: OrdersPage })),
);
const SlayerPage = lazy(() =>
  import("@/features/slayer/slayer-page").then(({ SlayerPage }) => ({ default: SlayerPage })),
);
const RankingPage = lazy(() =>
  import("@/features/slayer/ranking-page").then(({ RankingPage }) => ({ default: RankingPage })),
);
const StaffPage = lazy(() => import("@/features/staff/staff-page").then(({ StaffPage }) => ({ default: StaffPage })));

interface RoomsProps {
  me: Me;
  onAsk: (message: string) => void;
  /** Begins a message in the dojo, for the slayer to go on with. */
  onCompose: (text: string) => void;
  onLeft: () => void;
}

/** The rooms beside the chat, by address. */
export function Rooms({ me, onAsk, onCompose, onLeft }: RoomsProps) {
  return (
    <Suspense
      fallback={
        <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
          <Waiting lines={6} />
        </div>
      }
    >
      <Switch>
        <Route path={PLACES.armoury}>
          <ArmouryPage onAsk={onAsk} />
        </Route>
        <Route path={`${PLACES.armoury}/:slug`}>
          {({ slug }) => <WeaponPage key={slug} slug={slug} onAsk={onAsk} />}
        </Route>
        <Route path={PLACES.gallery}>
          <GalleryPage onCompose={onCompose} />
        </Route>
        <Route path={PLACES.orders}>
          <OrdersPage />
        </Route>
        <Route path={PLACES.slayer}>
          <SlayerPage me={me} gallery={<GalleryStrip />} onAsk={onAsk} onLeft={onLeft} />
        </Route>
        <Route path={PLACES.ranking}>
          <RankingPage />
        </Route>
        <Route path={PLACES.staff}>
          <StaffPage />
        </Route>
        <Route>
          <LostPage />
        </Route>
      </Switch>
    </Suspense>
  );
}

function LostPage() {
  return (
    <Page title={m.rooms.lostTitle} above={<Mark size={56} />}>
      <p className="text-soft">{m.rooms.lost}</p>
      <Link href={PLACES.newChat} className="button w-fit">
        {m.rooms.lostBack}
      </Link>
    </Page>
  );
}
