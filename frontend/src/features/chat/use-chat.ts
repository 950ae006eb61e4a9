import { useCallback, useEffect, useReducer, useRef } from "react";
import { ask, loadThread } from "@/features/chat/chat-api";
import { applyEvent, BROKEN_OFF, fail, newTurn, stop, storedTurn, type Turn } from "@/features/chat/turn";
import { ApiError, isAbort, messageOf } from "@/lib/api";
import { localId } from "@/lib/local-id";
import type { Block, ChatEvent, Problem } from "@/lib/types";

interface Conversation {
  turns: Turn[];
  loading: boolean;
  problem: string | null;
}

type Change =
  | { type: "cleared"; loading: boolean }
  | { type: "loaded"; turns: Turn[] }
  | { type: "not-loaded"; problem: string }
  | { type: "asked"; turn: Turn; instead: string | null }
  | { type: "event"; key: string; event: ChatEvent }
  | { type: "failed"; key: string; problem: Problem }
  | { type: "stopped"; key: string };

function reduce(state: Conversation, change: Change): Conversation {
  switch (change.type) {
    case "cleared":
      return { turns: [], loading: change.loading, problem: null };
    case "loaded":
      return { turns: change.turns, loading: false, problem: null };
    case "not-loaded":
      return { turns: [], loading: false, problem: change.problem };
    case "asked":
      return { ...state, turns: [...state.turns.filter((turn) => turn.key !== change.instead), change.turn] };
    case "event":
      return update(state, change.key, (turn) => applyEvent(turn, change.event));
    case "failed":
      return update(state, change.key, (turn) => fail(turn, change.problem));
    case "stopped":
      return update(state, change.key, stop);
  }
}

function update(state: Conversation, key: string, change: (turn: Turn) => Turn): Conversation {
  return { ...state, turns: state.turns.map((turn) => (turn.key === key ? change(turn) : turn)) };
}

interface ChatOptions {
  /** The conversation in the address; null for a new one. */
  threadId: string | null;
  /** The server has named the conversation that this page began. */
  onThread: (threadId: string) => void;
  onBlock: (block: Block) => void;
  /** A turn has ended, well or not. */
  onTurnEnd: () => void;
}

export function useChat({ threadId, onThread, onBlock, onTurnEnd }: ChatOptions) {
  const [conversation, dispatch] = useReducer(reduce, { turns: [], loading: threadId !== null, problem: null });
  // The thread that is on the screen (null: a new one); undefined when what is on the screen is to be replaced.
  const shown = useRef<string | null | undefined>(null);
  const running = useRef<AbortController | null>(null);

  useEffect(() => {
    if (threadId === shown.current) return;
    shown.current = threadId;
    running.current?.abort();
    dispatch({ type: "cleared", loading: threadId !== null });
    if (threadId === null) return;
    const controller = new AbortController();
    loadThread(threadId, controller.signal).then(
      (thread) => dispatch({ type: "loaded", turns: thread.turns.map(storedTurn) }),
      (error: unknown) => {
        if (!isAbort(error)) dispatch({ type: "not-loaded", problem: messageOf(error) });
      },
    );
    return () => {
      controller.abort();
      shown.current = undefined;
    };
  }, [threadId]);

  useEffect(() => () => running.current?.abort(), []);

  const say = useCallback(
    async (message: string, instead: string | null = null) => {
      const controller = new AbortController();
      const key = localId();
      running.current = controller;
      dispatch({ type: "asked", turn: newTurn(key, message), instead });
      const put = (change: Change) => {
        if (running.current === controller) dispatch(change);
      };
      try {
        let ended = false;
        for await (const event of ask(message, shown.current ?? null, controller.signal)) {
          if (event.kind === "route" && !shown.current) {
            shown.current = event.data.thread_id;
            onThread(event.data.thread_id);
          }
          if (event.kind === "block") onBlock(event.data);
          if (event.kind === "done" || event.kind === "error") ended = true;
          put({ type: "event", key, event });
        }
        if (!ended) put({ type: "failed", key, problem: BROKEN_OFF });
      } catch (error) {
        if (isAbort(error)) put({ type: "stopped", key });
        else put({ type: "failed", key, problem: problemOf(error) });
      } finally {
        if (running.current === controller) running.current = null;
        onTurnEnd();
      }
    },
    [onThread, onBlock, onTurnEnd],
  );

  const stopAnswer = useCallback(() => running.current?.abort(), []);
  const busy = conversation.turns.at(-1)?.state === "streaming";
  return { ...conversation, busy, say, stopAnswer };
}

function problemOf(error: unknown): Problem {
  // Anything but a refusal came out of the stream: the connection went away in the middle of the answer.
  return error instanceof ApiError ? { title: error.message, status: error.status } : BROKEN_OFF;
}
