import { useCallback, useEffect, useReducer, useRef } from "react";
import { loadThread, stopRun } from "@/features/chat/chat-api";
import { emptyConversation, reduce, type Change } from "@/features/chat/conversation";
import type { Run, Said } from "@/features/chat/converse";
import { BROKEN_OFF, newTurn, resumedTurn, storedTurn, type Turn } from "@/features/chat/turn";
import { ApiError, isAbort, messageOf } from "@/lib/api";
import { freshUuid } from "@/lib/local-id";
import type { Block, Problem, Thread } from "@/lib/types";

interface ChatOptions {
  /** The conversation in the address; null for a new one. */
  threadId: string | null;
  /** The conversation that this page began is on record. */
  onThread: (threadId: string) => void;
  onBlock: (block: Block) => void;
  /** A turn has ended, well or not. */
  onTurnEnd: () => void;
}

interface Running extends Run {
  controller: AbortController;
}

// AG-UI's client comes when the page is there: nothing can be said before.
const converseLater = () => import("@/features/chat/converse");

type Ending = "done" | "error" | "restated" | "lapsed";

export function useChat({ threadId, onThread, onBlock, onTurnEnd }: ChatOptions) {
  const [conversation, dispatch] = useReducer(reduce, threadId !== null, emptyConversation);
  // The thread that is on the screen (null: a new one); undefined when what is on the screen is to be replaced.
  const shown = useRef<string | null | undefined>(null);
  // The id of the conversation that this page is about to begin, the same for every attempt.
  const fresh = useRef<string | null>(null);
  const running = useRef<Running | null>(null);
  const stopping = useRef(Promise.resolve());
  const offered = useRef<string | null>(null);
  const told = useRef({ onThread, onBlock, onTurnEnd });
  useEffect(() => {
    offered.current = conversation.waiting;
    told.current = { onThread, onBlock, onTurnEnd };
  });

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

  /** Hears a turn to its end: one that is asked now, or (`said` is null) one that the server is at already. */
  const hear = useCallback(
    async function hear(turn: Turn, said: Said | null): Promise<void> {
      const { key, resume } = turn;
      const controller = new AbortController();
      const place = shown.current ?? (fresh.current ??= freshUuid());
      const run = { threadId: place, runId: key, said, controller };
      const offer = resume?.approval_id ?? offered.current;
      running.current = run;
      const put = (change: Change) => {
        if (running.current === run) dispatch(change);
      };
      const heard = { end: null as Ending | null };
      try {
        // A turn that was stopped here would hold up this one until the server knows.
        await stopping.current;
        const { converse } = await converseLater();
        await converse(run, {
          signal: controller.signal,
          onBroken: () => put({ type: "lost", key }),
          onEvent: (event) => {
            if (running.current !== run) return;
            if (event.kind === "route" && !shown.current) {
              shown.current = place;
              told.current.onThread(place);
            }
            if (event.kind === "block") told.current.onBlock(event.data);
            if (event.kind === "done" || event.kind === "error" || event.kind === "restated") heard.end = event.kind;
            put({ type: "event", key, event });
          },
        });
        if (heard.end === null) put({ type: "failed", key, problem: BROKEN_OFF });
      } catch (error) {
        if (resume && error instanceof ApiError && error.status === 409) {
          heard.end = "lapsed";
          put({ type: "lapsed", key });
        } else if (isAbort(error)) put({ type: "stopped", key });
        else put({ type: "failed", key, problem: problemOf(error) });
      } finally {
        if (running.current === run) {
          running.current = null;
          if (heard.end === "restated") void hear(turn, null);
          else if (heard.end === "lapsed") lookAgain(loaded);
          // How far the server came with a turn that broke off, and who answered before us, only the server knows.
          else if (heard.end !== "done" && offer)
            lookAgain((thread) => ({ type: "waits", approvalId: thread.approval_id }));
        }
        told.current.onTurnEnd();
      }
    },
    [lookAgain],
  );

  const leave = useCallback(() => {
    running.current?.controller.abort();
    running.current = null;
  }, []);

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
    fresh.current = null;
    leave();
    dispatch({ type: "cleared", loading: threadId !== null });
    if (threadId === null) return;
    const controller = new AbortController();
    load(threadId, controller.signal);
    return () => {
      controller.abort();
      shown.current = undefined;
    };
  }, [threadId, load, leave]);

  useEffect(() => leave, [leave]);
  useEffect(() => {
    converseLater().catch(() => undefined); // asked for again with the first message
  }, []);

  // A turn that the server was at before this page came to it.
  const last = conversation.turns.at(-1);
  useEffect(() => {
    if (last?.state === "running" && running.current === null) void hear(last, null);
  }, [last, hear]);

  const say = useCallback(
    (turn: Turn, instead: string | null = null) => {
      const { message, resume } = turn;
      dispatch({ type: "asked", turn, instead });
      void hear(turn, resume ? { resume } : { message });
    },
    [hear],
  );
  const ask = useCallback((message: string) => say(newTurn(freshUuid(), message)), [say]);
  const answer = useCallback(
    (approvalId: string, approved: boolean) => say(resumedTurn(freshUuid(), { approval_id: approvalId, approved })),
    [say],
  );
  const retry = useCallback(
    (failed: Turn) => {
      // What perhaps never arrived is sent as the same turn, so that it is not answered twice should it have arrived.
      const key = failed.state === "error" && !failed.begun ? failed.key : freshUuid();
      say({ ...newTurn(key, failed.message), resume: failed.resume }, failed.key);
    },
    [say],
  );
  const reload = useCallback(() => {
    if (!threadId) return;
    dispatch({ type: "cleared", loading: true });
    load(threadId, new AbortController().signal);
  }, [threadId, load]);

  const stopAnswer = useCallback(() => {
    const run = running.current;
    if (!run) return;
    run.controller.abort();
    stopping.current = stopRun(run.threadId, run.runId).catch(() => undefined);
  }, []);

  const busy = last?.state === "streaming" || last?.state === "running";
  return { conversation, busy, ask, answer, retry, reload, stopAnswer };
}

function loaded(thread: Thread): Change {
  return { type: "loaded", turns: thread.turns.map(storedTurn), waiting: thread.approval_id };
}

function problemOf(error: unknown): Problem {
  // Anything but a refusal came out of the stream: the connection went away in the middle of the answer.
  return error instanceof ApiError ? { title: error.message, status: error.status } : BROKEN_OFF;
}
