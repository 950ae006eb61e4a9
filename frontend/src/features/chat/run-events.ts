// What the events of an AG-UI run say to the conversation (the server's half: api/agui/script.py). Pure functions.

import { EventType, type AGUIEvent } from "@ag-ui/client";
import { BROKEN_OFF } from "@/features/chat/turn";
import type { Answer, ApprovalBlock, Block, ChatEvent, Citation } from "@/lib/types";

type RouteData = Extract<ChatEvent, { kind: "route" }>["data"];
type StatusData = Extract<ChatEvent, { kind: "status" }>["data"];

/** What an event says; null where that is nothing that is shown, or nothing that this page knows yet. */
export function readEvent(event: AGUIEvent): ChatEvent | null {
  switch (event.type) {
    case EventType.STATE_SNAPSHOT:
      return { kind: "route", data: event.snapshot as RouteData };
    case EventType.TEXT_MESSAGE_CONTENT:
      return { kind: "text", data: { delta: event.delta } };
    case EventType.CUSTOM:
      return readOwn(event.name, event.value);
    case EventType.RUN_FINISHED:
      return { kind: "done", data: event.result as Answer };
    case EventType.RUN_ERROR:
      return readError(event.code, event.message);
    default:
      return null;
  }
}

function readOwn(name: string, value: unknown): ChatEvent | null {
  switch (name) {
    case "hashira.status":
      return { kind: "status", data: value as StatusData };
    case "hashira.block":
      return { kind: "block", data: value as Block };
    case "hashira.citation":
      return { kind: "citation", data: value as Citation };
    case "hashira.approval":
      return { kind: "approval", data: value as ApprovalBlock };
    default:
      return null;
  }
}

function readError(code: string | undefined, message: string): ChatEvent {
  if (code === "restated") return { kind: "restated" };
  // Nobody stopped it here: the server did, as this page was away for too long.
  return { kind: "error", data: code === "cancelled" ? BROKEN_OFF : { title: message, status: 0 } };
}
