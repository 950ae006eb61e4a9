import { ThreadPrimitive, useAuiState } from "@assistant-ui/react";
import {
  memo,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type FocusEvent,
  type RefObject,
} from "react";
import { piecesOf } from "@/features/chat/near";
import { NearTurns } from "@/features/chat/near-turns";
import { TurnView } from "@/features/chat/turn-view";

// Drawn by their ids: assistant-ui's own list goes by index.
// eslint-disable-next-line @typescript-eslint/no-deprecated -- not final in the library, whose version is pinned
const MessageById = memo(ThreadPrimitive.Unstable_MessageById);

const TURN = { Message: TurnView };

interface TurnsProps {
  /** What the conversation is scrolled in. */
  scroller: RefObject<HTMLDivElement | null>;
}

/** The conversation's turns, in the order in which they were asked; of a long one those around what is being read. */
export const Turns = memo(function Turns({ scroller }: TurnsProps) {
  // One string, as a new list would be a change each time.
  const joined = useAuiState(({ thread }) => idsOf(thread.messages));
  const ids = useMemo(() => (joined ? joined.split(" ") : []), [joined]);
  const list = useRef<HTMLOListElement>(null);
  const [near] = useState(() => new NearTurns());
  const follow = useCallback(
    (tell: () => void) => {
      const [room, turns] = [scroller.current, list.current];
      return room && turns ? near.follow(room, turns, tell) : () => undefined;
    },
    [near, scroller],
  );
  const span = useSyncExternalStore(follow, () => near.of(ids));
  useLayoutEffect(() => near.settle(), [near, span]);

  // Taking away what has the focus would throw the keyboard out of the conversation.
  const [focused, setFocused] = useState<string | null>(null);
  const pieces = piecesOf(near.highs(ids), span, [ids.length - 1, focused === null ? -1 : ids.indexOf(focused)]);
  function onFocus({ target }: FocusEvent) {
    setFocused(target.closest<HTMLElement>("[data-turn-id]")?.dataset.turnId ?? null);
  }

  return (
    <ol ref={list} className="grid grid-cols-1 gap-8" onFocus={onFocus}>
      {pieces.map((piece) => {
        if ("room" in piece) {
          return <li key={`before-${piece.before}`} role="presentation" style={{ height: piece.room }} />;
        }
        const id = ids[piece.turn] ?? "";
        return (
          <li key={id} ref={near.drawn} data-turn-id={id} aria-posinset={piece.turn + 1} aria-setsize={ids.length}>
            <MessageById messageId={id} components={TURN} />
          </li>
        );
      })}
    </ol>
  );
});

function idsOf(messages: readonly { id: string; role: string }[]): string {
  return messages.flatMap(({ id, role }) => (role === "user" ? [id] : [])).join(" ");
}
