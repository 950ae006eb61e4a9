import { EventType, type AGUIEvent } from "@ag-ui/client";
import { describe, expect, it } from "vitest";
import { readEvent } from "@/features/chat/run-events";
import { BROKEN_OFF } from "@/features/chat/turn";

function custom(name: string, value: unknown): AGUIEvent {
  return { type: EventType.CUSTOM, name, value };
}

describe("readEvent", () => {
  it("reads the dojo's own events by their name", () => {
    const status = { specialist: "coach", text: "Reading manuals" };
    expect(readEvent(custom("hashira.status", status))).toEqual({ kind: "status", data: status });
    const kinds = ["block", "citation", "approval"].map((name) => readEvent(custom(`hashira.${name}`, {}))?.kind);
    expect(kinds).toEqual(["block", "citation", "approval"]);
  });

  it("passes over what it does not know", () => {
    expect(readEvent(custom("hashira.fireworks", {}))).toBeNull();
    expect(readEvent({ type: EventType.STEP_STARTED, stepName: "coach" })).toBeNull();
  });

  it("takes the whole answer from the end of a run, also of one that waits for a yes or no", () => {
    const result = { turn_id: "u" };
    const finished = { type: EventType.RUN_FINISHED as const, threadId: "t", runId: "u", result };
    expect(readEvent({ ...finished, outcome: { type: "success" } })).toEqual({ kind: "done", data: result });
    const interrupts = [{ id: "a", reason: "confirmation" }];
    expect(readEvent({ ...finished, outcome: { type: "interrupt", interrupts } })).toEqual({
      kind: "done",
      data: result,
    });
  });

  it("says an error in the server's words, but for a run that nobody here stopped", () => {
    const error = (code: string) => readEvent({ type: EventType.RUN_ERROR, message: "Down.", code });
    expect(error("unavailable")).toEqual({ kind: "error", data: { title: "Down.", status: 0 } });
    expect(error("cancelled")).toEqual({ kind: "error", data: BROKEN_OFF });
    expect(error("restated")).toEqual({ kind: "restated" });
  });
});
