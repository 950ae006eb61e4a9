import { Link } from "wouter";
import { Icon, type IconName } from "@/components/icon";
import { Logo, Mark } from "@/components/logo";
import { ThemeButton } from "@/components/theme-button";
import { SlayerBar } from "@/features/slayer/slayer-bar";
import { m } from "@/lib/messages";
import { PLACES, threadIn } from "@/lib/places";
import type { Me } from "@/lib/types";

interface Room {
  label: string;
  icon: IconName;
  to: string;
  isAt: (path: string) => boolean;
}

const startsWith = (place: string) => (path: string) => path === place || path.startsWith(`${place}/`);

const ROOMS: Room[] = [
  { label: m.rooms.chat, icon: "chat", to: PLACES.newChat, isAt: (path) => threadIn(path) !== undefined },
  { label: m.rooms.armoury, icon: "rack", to: PLACES.armoury, isAt: startsWith(PLACES.armoury) },
  { label: m.rooms.gallery, icon: "frame", to: PLACES.gallery, isAt: startsWith(PLACES.gallery) },
  { label: m.rooms.slayer, icon: "slayer", to: PLACES.slayer, isAt: startsWith(PLACES.slayer) },
  { label: m.rooms.ranking, icon: "podium", to: PLACES.ranking, isAt: startsWith(PLACES.ranking) },
  { label: m.rooms.orders, icon: "receipt", to: PLACES.orders, isAt: startsWith(PLACES.orders) },
];

const STAFF_ROOM: Room = { label: m.rooms.staff, icon: "scales", to: PLACES.staff, isAt: startsWith(PLACES.staff) };

/** The rooms that a slayer may go to: the staff has one more. */
export function roomsOf(me: Me): Room[] {
  return me.role === "staff" ? [...ROOMS, STAFF_ROOM] : ROOMS;
}

interface TopBarProps {
  me: Me;
  path: string;
  onMenu: () => void;
  onPalette: () => void;
  onLeave: () => void;
}

export function TopBar({ me, path, onMenu, onPalette, onLeave }: TopBarProps) {
  // One more room needs one more window's width for its words.
  const staff = me.role === "staff";
  return (
    <header className="flex items-center gap-1 border-b border-line bg-sheet px-2 py-2 sm:gap-3 sm:px-4">
      <button
        type="button"
        className="button button-quiet size-10 px-0 lg:hidden"
        aria-label={m.rooms.menu}
        onClick={onMenu}
      >
        <Icon name="menu" />
      </button>
      <Link href={PLACES.newChat} className="max-xl:hidden" aria-label={m.rooms.home}>
        <Logo />
      </Link>
      <Link href={PLACES.newChat} className="max-sm:hidden xl:hidden" aria-label={m.rooms.home}>
        <Mark size={32} />
      </Link>
      <nav aria-label={m.rooms.label} className="flex gap-1 max-sm:hidden xl:ml-4">
        {roomsOf(me).map((room) => (
          <Link
            key={room.to}
            href={room.to}
            aria-current={room.isAt(path) ? "page" : undefined}
            className="button button-quiet px-2.5 text-soft aria-[current=page]:bg-well aria-[current=page]:text-ink lg:px-3"
          >
            <Icon name={room.icon} />
            <span className={staff ? "max-xl:sr-only" : "max-lg:sr-only"}>{room.label}</span>
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex min-w-0 items-center gap-0.5 sm:gap-1.5">
        <button
          type="button"
          className={`button button-quiet size-10 px-0 text-soft ${staff ? "2xl:w-auto 2xl:px-3" : "xl:w-auto xl:px-3"}`}
          aria-label={`${m.palette.open}, ${m.palette.hint}`}
          aria-haspopup="dialog"
          onClick={onPalette}
        >
          <Icon name="search" />
          <kbd
            className={`rounded border border-line px-1.5 font-sans text-xs ${staff ? "max-2xl:hidden" : "max-xl:hidden"}`}
          >
            {m.palette.hint}
          </kbd>
        </button>
        <Link href={PLACES.slayer} className="min-w-0 rounded-lg">
          <SlayerBar me={me} />
        </Link>
        <ThemeButton />
        <button
          type="button"
          className="button button-quiet size-10 px-0 text-soft"
          aria-label={m.rooms.signOut}
          title={m.rooms.signOut}
          onClick={onLeave}
        >
          <Icon name="leave" />
        </button>
      </div>
    </header>
  );
}

/** The rooms on a phone, where the thumb is. */
export function BottomBar({ me, path }: { me: Me; path: string }) {
  return (
    <nav
      aria-label={m.rooms.label}
      className="grid auto-cols-fr grid-flow-col border-t border-line bg-sheet pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {roomsOf(me).map((room) => (
        <Link
          key={room.to}
          href={room.to}
          aria-current={room.isAt(path) ? "page" : undefined}
          className="grid min-h-13 content-center justify-items-center gap-0.5 text-[0.7rem] text-soft aria-[current=page]:font-bold aria-[current=page]:text-accent"
        >
          <Icon name={room.icon} size={21} />
          {room.label}
        </Link>
      ))}
    </nav>
  );
}
