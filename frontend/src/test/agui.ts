// The dojo's half of an AG-UI run, as tests tell it (api/agui/script.py).

import { HttpResponse } from "msw";
import type { Answer } from "@/lib/types";

type Event = Record<string, unknown>;

/** A stream that tells these events and then ends, as a broken connection does too; marked 1, 2, … from `from` on. */
export function aguiStream(events: Event[], from = 1) {
  const text = events.map((event, index) => `id: ${from + index}\ndata: ${JSON.stringify(event)}\n\n`).join("");
  return new HttpResponse(text, { headers: { "Content-Type": "text/event-stream" } });
}

export function opening(threadId: string, runId: string, route: string[] = ["coach"]): Event[] {
  return [
    { type: "RUN_STARTED", threadId, runId },
    { type: "STATE_SNAPSHOT", snapshot: { thread_id: threadId, turn_id: runId, route } },
    { type: "TEXT_MESSAGE_START", messageId: runId, role: "assistant" },
  ];
}

export function words(runId: string, delta: string): Event {
  return { type: "TEXT_MESSAGE_CONTENT", messageId: runId, delta };
}

export function ending(answer: Answer): Event[] {
  const { thread_id: threadId, turn_id: runId } = answer;
  return [
    { type: "TEXT_MESSAGE_END", messageId: runId },
    { type: "RUN_FINISHED", threadId, runId, outcome: { type: "success" }, result: answer },
  ];
}
