import { describe, expect, it } from "vitest";
import { EventParser, readEvents } from "@/lib/sse";

function bodyOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function all(body: ReadableStream<Uint8Array>) {
  const events = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

describe("EventParser", () => {
  it("names an event and joins its data lines", () => {
    expect(new EventParser().push("event: text\ndata: one\ndata: two\n\n")).toEqual([
      { event: "text", data: "one\ntwo", id: "" },
    ]);
  });

  it("gives the same events wherever the text is cut", () => {
    const text = 'event: route\r\ndata: {"route":["coach"]}\r\n\r\n: ping\r\n\r\nevent: done\rdata:x\r\rdata: last\n\n';
    const whole = new EventParser().push(text);
    expect(whole.map((event) => event.event)).toEqual(["route", "done", "message"]);
    for (let cut = 1; cut < text.length; cut++) {
      const parser = new EventParser();
      expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))]).toEqual(whole);
    }
  });

  it("ignores comments, unknown fields and events without data", () => {
    expect(new EventParser().push(": keep-alive\n\nid: 7\nretry: 10\nevent: empty\n\ndata\n\n")).toEqual([
      { event: "message", data: "", id: "7" },
    ]);
  });

  it("remembers how far the stream says that it has come", () => {
    const events = new EventParser().push("data: 1\n\nid: a\ndata: 2\n\ndata: 3\n\nid:\ndata: 4\n\n");
    expect(events.map((event) => event.id)).toEqual(["", "a", "a", ""]);
  });

  it("takes one space after the colon, not two", () => {
    expect(new EventParser().push("data:  two\n\n")[0]?.data).toBe(" two");
  });

  it("forgets the name after each event", () => {
    expect(new EventParser().push("event: a\ndata: 1\n\ndata: 2\n\n").map((event) => event.event)).toEqual([
      "a",
      "message",
    ]);
  });
});

describe("readEvents", () => {
  it("puts characters together that were cut between two chunks", async () => {
    const bytes = new TextEncoder().encode("data: 刀 ⚔\n\n");
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(await all(bodyOf([bytes.slice(0, cut), bytes.slice(cut)]))).toEqual([
        { event: "message", data: "刀 ⚔", id: "" },
      ]);
    }
  });

  it("drops an event that the stream did not finish", async () => {
    expect(await all(bodyOf([new TextEncoder().encode("data: whole\n\ndata: half\n")]))).toEqual([
      { event: "message", data: "whole", id: "" },
    ]);
  });

  it("cancels the body when the reader stops early", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\n\ndata: 2\n\n")),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const event of readEvents(body)) {
      expect(event.data).toBe("1");
      break;
    }
    expect(cancelled).toBe(true);
  });
});
