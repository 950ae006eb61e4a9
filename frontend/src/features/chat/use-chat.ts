import { useCallback, useEffect, useReducer, useRef } from "react";
import { ask, loadThread } from "@/features/chat/chat-api";
import { emptyConversation, reduce, type Change } from "@/features/chat/conversation";
import { BROKEN_OFF, newTurn, resumedTurn, storedTurn, type Turn } from "@/features/chat/turn";
import { useFollowed } from "@/features/chat/use-followed";
import { ApiError, isAbort, messageOf } from "@/lib/api";
import { localId } from "@/lib/local-id";
import type { Block, Problem, Thread } from "@/lib/types";

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
  const [conversation, dispatch] = useReducer(reduce, threadId !== null, emptyConversation);
  // The thread that is on the screen (null: a new one); undefined when what is on the screen is to be replaced.
  const shown = useRef<string | null | undefined>(null);
  const running = useRef<AbortController | null>(null);
  const offered = useRef<string | null>(null);
  useEffect(() => {
    offered.current = conversation.waiting;
  }, [conversation.waiting]);

  const load = useCallback((id: string, signal: AbortSignal) => {
    loadThread(id, signal).then(
      (thread) => dispatch(loaded(thread)),
      (error: unknown) => {
        if (!isAbort(error)) dispatch({ type: "not-loaded", problem: messageOf(error) });
      },
    );
  }, []);

  useEffect(() => {
    if (threadId === shown.current) return;
    shown.current = threadId;
    running.current?.abort();
    dispatch({ type: "cleared", loading: threadId !== null });
    if (threadId === null) return;
    const controller = new AbortController();
    load(threadId, controller.signal);
    return () => {
      controller.abort();
      shown.current = undefined;
    };
  }, [threadId, load]);

  useEffect(() => () => running.current?.abort(), []);

  /** Looks at the thread once more; nothing happens when it cannot be had or the slayer has moved on. */
  const lookAgain = useCallback((change: (thread: Thread) => Change) => {
    const id = shown.current;
    if (!id) return;
    loadThread(id).then(
      (thread) => {
        if (shown.current === id && running.current === null) dispatch(change(thread));
      },
      () => undefined,
    );
  }, []);

  const last = conversation.turns.at(-1);
  useFollowed({
    threadId,
    turn: last?.state === "running" ? last : null,
    onSettled: (thread) => {
      dispatch(loaded(thread));
      onTurnEnd();
    },
    onGone: (key) => dispatch({ type: "failed", key, problem: BROKEN_OFF }),
  });

  const run = useCallback(
    async (turn: Turn, instead: string | null) => {
      const controller = new AbortController();
      const { key, message, resume } = turn;
      const offer = resume?.approval_id ?? offered.current;
      running.current = controller;
      dispatch({ type: "asked", turn, instead });
      const put = (change: Change) => {
        if (running.current === controller) dispatch(change);
      };
      let ending: "done" | "broken" | "lapsed" = "broken";
      let turnId: string | null = null;
      // What breaks off after the server has begun may go on there: the page looks, and says so only then.
      const lost = (problem: Problem) =>
        put(turnId === null ? { type: "failed", key, problem } : { type: "lost", key, turnId });
      try {
        let ended = false;
        for await (const event of ask(resume ? { resume } : { message }, shown.current ?? null, controller.signal)) {
          if (event.kind === "route") {
            turnId = event.data.turn_id;
            if (!shown.current) {
              shown.current = event.data.thread_id;
              onThread(event.data.thread_id);
            }
          }
          if (event.kind === "block") onBlock(event.data);
          if (event.kind === "done") ending = "done";
          ended ||= event.kind === "done" || event.kind === "error";
          put({ type: "event", key, event });
        }
        if (!ended) lost(BROKEN_OFF);
      } catch (error) {
        if (resume && error instanceof ApiError && error.status === 409) {
          ending = "lapsed";
          put({ type: "lapsed", key });
        } else if (isAbort(error)) put({ type: "stopped", key });
        else lost(problemOf(error));
      } finally {
        if (running.current === controller) {
          running.current = null;
          // How far the server came with a turn that broke off, and who answered before us, only the server knows.
          if (ending === "broken" && offer) lookAgain((thread) => ({ type: "waits", approvalId: thread.approval_id }));
          if (ending === "lapsed") lookAgain(loaded);
        }
        onTurnEnd();
      }
    },
    [onThread, onBlock, onTurnEnd, lookAgain],
  );

  const say = useCallback((message: string) => run(newTurn(localId(), message), null), [run]);
  const answer = useCallback(
    (approvalId: string, approved: boolean) => run(resumedTurn(localId(), { approval_id: approvalId, approved }), null),
    [run],
  );
  const retry = useCallback(
    (failed: Turn) => run({ ...newTurn(localId(), failed.message), resume: failed.resume }, failed.key),
    [run],
  );
  const reload = useCallback(() => {
    if (!threadId) return;
    dispatch({ type: "cleared", loading: true });
    load(threadId, new AbortController().signal);
  }, [threadId, load]);

  const stopAnswer = useCallback(() => running.current?.abort(), []);
  const busy = last?.state === "streaming" || last?.state === "running";
  return { conversation, busy, say, answer, retry, reload, stopAnswer };
}

function loaded(thread: Thread): Change {
  return { type: "loaded", turns: thread.turns.map(storedTurn), waiting: thread.approval_id };
}

function problemOf(error: unknown): Problem {
  // Anything but a refusal came out of the stream: the connection went away in the middle of the answer.
  return error instanceof ApiError ? { title: error.message, status: error.status } : BROKEN_OFF;
}
