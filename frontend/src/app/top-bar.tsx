import { Icon } from "@/components/icon";
import { Logo, Mark } from "@/components/logo";
import { SlayerBar } from "@/features/slayer/slayer-bar";
import type { Me } from "@/lib/types";
import { hashOf, type Place } from "@/lib/use-hash";

interface TopBarProps {
  me: Me;
  place: Place;
  onMenu: () => void;
  onLeaderboard: () => void;
  onLeave: () => void;
}

export function TopBar({ me, place, onMenu, onLeaderboard, onLeave }: TopBarProps) {
  const rooms = [
    { name: "chat", label: "Dojo", icon: "chat", to: { name: "chat", threadId: null } },
    { name: "armoury", label: "Armoury", icon: "rack", to: { name: "armoury" } },
    { name: "gallery", label: "Gallery", icon: "frame", to: { name: "gallery" } },
  ] as const;
  return (
    <header className="flex items-center gap-1 border-b border-line bg-sheet px-2 py-2 sm:gap-3 sm:px-4">
      <button
        type="button"
        className="button button-quiet size-10 px-0 lg:hidden"
        aria-label="Conversations"
        onClick={onMenu}
      >
        <Icon name="menu" />
      </button>
      <a
        href={hashOf({ name: "chat", threadId: null })}
        className="max-lg:hidden"
        aria-label="HashiraMart, new conversation"
      >
        <Logo />
      </a>
      <a
        href={hashOf({ name: "chat", threadId: null })}
        className="max-sm:hidden lg:hidden"
        aria-label="HashiraMart, new conversation"
      >
        <Mark size={32} />
      </a>
      <nav aria-label="Rooms" className="flex gap-1 lg:ml-6">
        {rooms.map((room) => (
          <a
            key={room.name}
            href={hashOf(room.to)}
            aria-current={place.name === room.name ? "page" : undefined}
            className="button button-quiet px-2.5 text-soft aria-[current=page]:bg-well aria-[current=page]:text-ink sm:px-3.5"
          >
            <Icon name={room.icon} />
            <span className="max-sm:sr-only">{room.label}</span>
          </a>
        ))}
      </nav>
      <button
        type="button"
        aria-haspopup="dialog"
        className="button button-quiet px-2.5 text-soft sm:px-3.5"
        onClick={onLeaderboard}
      >
        <Icon name="podium" />
        <span className="max-xl:sr-only">Leaderboard</span>
      </button>
      <div className="ml-auto flex min-w-0 items-center gap-1 sm:gap-3">
        <SlayerBar me={me} />
        <button type="button" className="button button-quiet size-10 px-0" aria-label="Sign out" onClick={onLeave}>
          <Icon name="leave" />
        </button>
      </div>
    </header>
  );
}
