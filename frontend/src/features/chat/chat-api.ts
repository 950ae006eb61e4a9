import { get, patch, post, remove } from "@/lib/api";
import type { Feedback, Rating, Thread, ThreadPage, ThreadSummary } from "@/lib/types";

export function loadThread(threadId: string, signal?: AbortSignal): Promise<Thread> {
  return get(pathOf(threadId), { signal });
}

/** Tells the dojo that nobody wants to hear the rest of an answer. */
export function stopRun(threadId: string, runId: string): Promise<void> {
  return post("/agui/stop", { threadId, runId });
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
