import { get, patch, post, remove, send } from "@/lib/api";
import { readEvents } from "@/lib/sse";
import type { ChatEvent, Feedback, Rating, Resume, Thread, ThreadPage, ThreadSummary } from "@/lib/types";

const KINDS = new Set<string>(["route", "status", "text", "block", "citation", "approval", "done", "error"]);

/** What the slayer tells the dojo: words, or the answer to an approval. */
export type Said = { message: string } | { resume: Resume };

/** Tells the dojo and yields the events of its answer. Throws ApiError when what was said is refused. */
export async function* ask(said: Said, threadId: string | null, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  const body = threadId ? { ...said, thread_id: threadId } : said;
  const response = await send("POST", "/coach/chat", { body, signal, accept: "text/event-stream" });
  if (!response.body) return;
  for await (const event of readEvents(response.body)) {
    // A kind that this page does not know yet is not an error.
    if (KINDS.has(event.event)) yield { kind: event.event, data: JSON.parse(event.data) as unknown } as ChatEvent;
  }
}

export function loadThread(threadId: string, signal?: AbortSignal): Promise<Thread> {
  return get(pathOf(threadId), { signal });
}

/** The slayer's conversations, the latest first; all, or those that hold the words. */
export function listThreads(words: string, signal?: AbortSignal): Promise<ThreadPage> {
  const query = words ? `?q=${encodeURIComponent(words)}` : "";
  return get(`/threads${query}`, { signal });
}

export function renameThread(threadId: string, title: string): Promise<ThreadSummary> {
  return patch(pathOf(threadId), { title });
}

export function deleteThread(threadId: string): Promise<void> {
  return remove(pathOf(threadId));
}

/** Says what the slayer thinks of an answer; the latest word counts. */
export function giveFeedback(turnId: string, rating: Rating, comment: string | null): Promise<Feedback> {
  return post("/feedback", { turn_id: turnId, rating, comment });
}

export function withdrawFeedback(turnId: string): Promise<void> {
  return remove(`/feedback/${encodeURIComponent(turnId)}`);
}

/** Where the trace of an answer is told. */
export function tracePath(threadId: string, turnId: string): string {
  return `${pathOf(threadId)}/turns/${encodeURIComponent(turnId)}/trace`;
}

function pathOf(threadId: string): string {
  return `/threads/${encodeURIComponent(threadId)}`;
}
