import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useLocation } from "wouter";
import { roomsOf } from "@/app/top-bar";
import { Icon, type IconName } from "@/components/icon";
import { useSlayer } from "@/components/slayer-context";
import { listThreads } from "@/features/chat/chat-api";
import { get } from "@/lib/api";
import { m } from "@/lib/messages";
import { PLACES, threadPlace, weaponPlace } from "@/lib/places";
import { THREADS, WEAPONS } from "@/lib/queries";
import { setTheme, THEMES } from "@/lib/theme";
import type { WeaponPage } from "@/lib/types";

interface Command {
  group: string;
  label: string;
  icon: IconName;
  run: () => void;
}

interface PaletteProps {
  onClose: () => void;
  onAsk: (message: string) => void;
  onLeave: () => void;
}

const MOST = 5;

/** Ctrl+K: rooms, weapons, conversations and commands by name, or a question for the dojo. */
export function Palette({ onClose, onAsk, onLeave }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const commands = useCommands(text, onAsk, onLeave);
  const at = Math.min(chosen, Math.max(0, commands.length - 1));

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    // Whatever had the focus gets it back: the browser does that for a modal dialog.
    element.showModal();
    return () => element.close();
  }, []);

  function run(command: Command | undefined) {
    if (!command) return;
    onClose();
    command.run();
  }

  function onKeyDown(event: KeyboardEvent) {
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && commands.length > 0) {
      event.preventDefault();
      setChosen((at + step + commands.length) % commands.length);
    }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(commands[at]);
    }
  }

  return (
    <dialog
      ref={dialog}
      aria-label={m.palette.title}
      className="panel mx-auto mt-[10dvh] w-[min(38rem,94vw)] max-w-none overflow-hidden rounded-2xl border border-line bg-sheet p-0 text-ink shadow-card [--from-x:0] [--from-y:-1rem]"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="flex items-center gap-3 border-b border-line px-4">
        <span className="text-soft">
          <Icon name="search" />
        </span>
        <input
          type="text"
          role="combobox"
          aria-label={m.palette.field}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={commands.length > 0 ? `${listId}-${at}` : undefined}
          autoFocus
          autoComplete="off"
          placeholder={m.palette.field}
          className="min-h-13 flex-1 bg-transparent outline-none placeholder:text-soft"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={listId} role="listbox" aria-label={m.palette.results} className="max-h-[55dvh] overflow-y-auto p-2">
        {commands.map((command, index) => (
          <Line
            key={`${command.group} ${command.label} ${index}`}
            id={`${listId}-${index}`}
            command={command}
            headed={command.group !== commands[index - 1]?.group}
            chosen={index === at}
            onPick={() => run(command)}
            onPoint={() => setChosen(index)}
          />
        ))}
      </ul>
    </dialog>
  );
}

interface LineProps {
  id: string;
  command: Command;
  headed: boolean;
  chosen: boolean;
  onPick: () => void;
  onPoint: () => void;
}

function Line({ id, command, headed, chosen, onPick, onPoint }: LineProps) {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <>
      {headed ? (
        <li role="presentation" className="px-3 pt-2 pb-1 text-xs font-medium text-soft">
          {command.group}
        </li>
      ) : null}
      <li
        ref={line}
        id={id}
        role="option"
        aria-selected={chosen}
        className="flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-3 aria-selected:bg-well"
        onClick={onPick}
        onPointerMove={onPoint}
      >
        <span className="text-soft">
          <Icon name={command.icon} size={18} />
        </span>
        <span className="min-w-0 flex-1 truncate">{command.label}</span>
      </li>
    </>
  );
}

/** What fits the text, by group; a question for the dojo comes last, so that Enter after free text asks it. */
function useCommands(text: string, onAsk: (message: string) => void, onLeave: () => void): Command[] {
  const [, goTo] = useLocation();
  const me = useSlayer();
  const words = text.trim();
  const wanted = useDeferredValue(words);
  const weapons = useQuery({
    queryKey: [...WEAPONS, "palette", wanted],
    queryFn: ({ signal }) => get<WeaponPage>(`/weapons?page_size=${MOST}&q=${encodeURIComponent(wanted)}`, { signal }),
    enabled: wanted.length > 1,
  });
  const threads = useQuery({
    queryKey: [...THREADS, wanted],
    queryFn: ({ signal }) => listThreads(wanted, signal),
  });
  return useMemo(() => {
    const fixed: Command[] = [
      ...roomsOf(me).map((room) => ({
        group: m.palette.goTo,
        label: room.label,
        icon: room.icon,
        run: () => goTo(room.to),
      })),
      { group: m.palette.actions, label: m.palette.newChat, icon: "plus", run: () => goTo(PLACES.newChat) },
      ...THEMES.map((theme): Command => ({
        group: m.palette.actions,
        label: m.palette.theme(m.theme[theme]),
        icon: "half",
        run: () => setTheme(theme),
      })),
      { group: m.palette.actions, label: m.rooms.signOut, icon: "leave", run: onLeave },
    ];
    const fits = (label: string) => label.toLowerCase().includes(words.toLowerCase());
    const found = wanted.length > 1 ? (weapons.data?.items ?? []) : [];
    return [
      ...fixed.filter((command) => fits(command.label)),
      ...found.map((weapon): Command => ({
        group: m.palette.weapons,
        label: weapon.name,
        icon: "blade",
        run: () => goTo(weaponPlace(weapon.slug)),
      })),
      ...(threads.data?.items ?? []).slice(0, MOST).map((thread): Command => ({
        group: m.palette.conversations,
        label: thread.title,
        icon: "chat",
        run: () => goTo(threadPlace(thread.thread_id)),
      })),
      ...(words
        ? [{ group: m.palette.actions, label: m.palette.ask(words), icon: "send" as const, run: () => onAsk(words) }]
        : []),
    ];
  }, [me, words, wanted, weapons.data, threads.data, goTo, onAsk, onLeave]);
}
