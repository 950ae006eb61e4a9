// A run of the dojo through AG-UI's own client. What is said goes out, what the dojo does with it comes back as events.

import { HttpAgent, type AGUIEvent, type Message } from "@ag-ui/client";
import { saidIdOf } from "@/features/chat/messages";
import { readEvent } from "@/features/chat/run-events";
import { unbroken } from "@/features/chat/unbroken";
import { send } from "@/lib/api";
import type { ChatEvent, Resume } from "@/lib/types";

/** What the slayer tells the dojo: words, or the answer to an approval. */
export type Said = { message: string } | { resume: Resume };

export interface Run {
  threadId: string;
  /** The turn's id, from the slayer's page on. */
  runId: string;
  /** Null: the run is under way, and is heard from its beginning. */
  said: Said | null;
}

interface Listener {
  signal: AbortSignal;
  onEvent: (event: ChatEvent) => void;
  /** The connection broke; it is being taken up again. */
  onBroken: () => void;
}

/**
 * Says something and tells the events of its answer. Returns at its end, or where no more of it can be had.
 *
 * Throws ApiError when what was said is refused or could not be sent, AbortError when `signal` fires. What could not be sent may
 * be said again as the same run: the server answers a run once.
 */
export async function converse({ threadId, runId, said }: Run, listener: Listener): Promise<void> {
  const { signal, onBroken } = listener;
  const post = (body: unknown, lastEventId = "") =>
    send("POST", "/agui", { body, lastEventId, signal, accept: "text/event-stream" });
  let failure: unknown = null;
  const agent = new HttpAgent({
    url: "/agui",
    threadId,
    initialMessages: said === null ? [] : messagesOf(runId, said),
    fetch: async (_url, { body }) => {
      const { messages, resume } = JSON.parse(body as string) as { messages: Message[]; resume?: unknown };
      // Nothing is said again when a run is taken up: the server could take it for something new.
      const reopen = (lastEventId: string) => post({ threadId, runId, messages: [] }, lastEventId);
      try {
        const first = said === null ? null : await post({ threadId, runId, messages, resume });
        return unbroken(first, { signal, onBroken, reopen });
      } catch (error) {
        // A refusal is for the slayer; the client would put it on the console as a fault of its own.
        failure = error;
        return new Response(new ReadableStream({ start: (nothing) => nothing.close() }));
      }
    },
  });
  const onEvent = ({ event }: { event: unknown }) => {
    const heard = readEvent(event as AGUIEvent);
    if (heard && !signal.aborted) listener.onEvent(heard);
  };
  await agent.runAgent({ runId, ...answersOf(said) }, { onEvent }).catch((error: unknown) => {
    failure ??= error;
  });
  if (signal.aborted) throw new DOMException("Nobody listens any more.", "AbortError");
  if (failure !== null) throw failure as Error;
}

function messagesOf(runId: string, said: Said): Message[] {
  return "message" in said ? [{ id: saidIdOf(runId), role: "user", content: said.message }] : [];
}

function answersOf(said: Said | null) {
  if (said === null || "message" in said) return {};
  const { approval_id: interruptId, approved } = said.resume;
  return { resume: [{ interruptId, status: "resolved" as const, payload: { approved } }] };
}
