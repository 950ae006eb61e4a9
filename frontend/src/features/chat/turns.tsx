import { ThreadPrimitive, useAuiState } from "@assistant-ui/react";
import { memo, useEffect, useLayoutEffect, useRef, type FocusEvent, type RefObject } from "react";
import { keyOf } from "@/features/chat/messages";
import { piecesOf } from "@/features/chat/near";
import type { NearTurns } from "@/features/chat/near-turns";
import { TurnView } from "@/features/chat/turn-view";

// Drawn by their ids: assistant-ui's own list goes by index.
// eslint-disable-next-line @typescript-eslint/no-deprecated -- not final in the library, whose version is pinned
const MessageById = memo(ThreadPrimitive.Unstable_MessageById);

const TURN = { Message: TurnView };

interface TurnsProps {
  /** Of every turn of the conversation, in the order in which they were asked. */
  keys: readonly string[];
  near: NearTurns;
  /** What the conversation is scrolled in. */
  scroller: RefObject<HTMLDivElement | null>;
}

/** The turns that assistant-ui was given, and room for the others. */
export const Turns = memo(function Turns({ keys, near, scroller }: TurnsProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (scroller.current && list.current) return near.follow(scroller.current, list.current);
  }, [near, scroller]);
  // One string, as a new list would be a change each time.
  const given = useAuiState(({ thread }) => idsOf(thread.messages));
  useLayoutEffect(() => near.settle(), [near, given]);

  const ids = new Map(given.split(" ").map((id) => [keyOf(id), id]));
  const pieces = piecesOf(near.highs(keys), (turn) => ids.has(keys[turn] ?? ""));
  function onFocus({ target }: FocusEvent) {
    near.focus(target.closest<HTMLElement>("[data-turn-key]")?.dataset.turnKey ?? null);
  }

  return (
    <ol ref={list} className="grid grid-cols-1 gap-8" onFocus={onFocus}>
      {pieces.map((piece) => {
        if ("room" in piece) {
          return <li key={`before-${piece.before}`} role="presentation" style={{ height: piece.room }} />;
        }
        const key = keys[piece.turn] ?? "";
        return (
          <li key={key} ref={near.drawn} data-turn-key={key} aria-posinset={piece.turn + 1} aria-setsize={keys.length}>
            <MessageById messageId={ids.get(key) ?? ""} components={TURN} />
          </li>
        );
      })}
    </ol>
  );
});

/** The ids of what the slayer said: each stands for a turn. */
function idsOf(messages: readonly { id: string; role: string }[]): string {
  return messages.flatMap(({ id, role }) => (role === "user" ? [id] : [])).join(" ");
}
