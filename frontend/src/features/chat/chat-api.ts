import { get, send } from "@/lib/api";
import { readEvents } from "@/lib/sse";
import type { ChatEvent, Thread, ThreadSummary } from "@/lib/types";

const KINDS = new Set<string>(["route", "status", "text", "block", "citation", "done", "error"]);

/** Asks the dojo and yields the events of its answer. Throws ApiError when the question is refused. */
export async function* ask(message: string, threadId: string | null, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  const body = threadId ? { message, thread_id: threadId } : { message };
  const response = await send("POST", "/coach/chat", { body, signal, accept: "text/event-stream" });
  if (!response.body) return;
  for await (const event of readEvents(response.body)) {
    // A kind that this page does not know yet (approvals come in a later step) is not an error.
    if (KINDS.has(event.event)) yield { kind: event.event, data: JSON.parse(event.data) as unknown } as ChatEvent;
  }
}

export function loadThread(threadId: string, signal: AbortSignal): Promise<Thread> {
  return get(`/threads/${encodeURIComponent(threadId)}`, { signal });
}

export async function listThreads(): Promise<ThreadSummary[]> {
  return (await get<{ items: ThreadSummary[] }>("/threads")).items;
}
