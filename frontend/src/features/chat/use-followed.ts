import { useEffect, useRef } from "react";
import { loadThread } from "@/features/chat/chat-api";
import type { Turn } from "@/features/chat/turn";
import { ApiError, isAbort } from "@/lib/api";
import type { Thread } from "@/lib/types";

const FIRST_WAIT = 600;
const LONGEST_WAIT = 4_000;
/** Looks without an answer from the server, about two minutes of them, until the page gives up on the turn. */
const PATIENCE = 32;

interface Followed {
  threadId: string | null;
  /** A turn that runs on the server while this page does not hear it: after a reload, or a broken connection. */
  turn: Turn | null;
  /** The server has its answer. */
  onSettled: (thread: Thread) => void;
  /** There will be none. */
  onGone: (key: string) => void;
}

/** Looks now and then whether a turn that this page does not hear has its answer. */
export function useFollowed({ threadId, turn, onSettled, onGone }: Followed): void {
  const told = useRef({ onSettled, onGone });
  useEffect(() => {
    told.current = { onSettled, onGone };
  });
  const key = turn?.key ?? null;
  const turnId = turn?.turnId ?? null;

  useEffect(() => {
    if (key === null || threadId === null) return;
    const controller = new AbortController();
    let wait = FIRST_WAIT;
    let unanswered = 0;
    let timer = 0;
    const look = async () => {
      try {
        const thread = await loadThread(threadId, controller.signal);
        if (controller.signal.aborted) return;
        unanswered = 0;
        const stored = thread.turns.find((one) => one.turn_id === turnId);
        if (stored && (stored.status === "done" || stored.status === "failed")) {
          told.current.onSettled(thread);
          return;
        }
        if (stored?.status !== "running") {
          told.current.onGone(key);
          return;
        }
      } catch (error) {
        if (isAbort(error)) return;
        unanswered += 1;
        if (unanswered > PATIENCE || (error instanceof ApiError && error.status === 404)) {
          told.current.onGone(key);
          return;
        }
      }
      timer = window.setTimeout(() => void look(), wait);
      wait = Math.min(wait * 1.4, LONGEST_WAIT);
    };
    timer = window.setTimeout(() => void look(), wait);
    const atOnce = () => {
      window.clearTimeout(timer);
      void look();
    };
    window.addEventListener("online", atOnce);
    return () => {
      controller.abort();
      window.clearTimeout(timer);
      window.removeEventListener("online", atOnce);
    };
  }, [key, turnId, threadId]);
}
