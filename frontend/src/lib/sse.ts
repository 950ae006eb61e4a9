// Server-sent events from a fetch body. EventSource can neither POST nor send headers, hence this parser
// (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).

export interface ServerEvent {
  event: string;
  data: string;
  /** The stream's last word on how far it has come, to be sent back as `Last-Event-ID`; empty where it has said none. */
  id: string;
}

/** Yields the events of a `text/event-stream` body as they arrive. Ends with the stream; an unfinished event is dropped. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const parser = new EventParser();
  const reader = body.getReader();
  // `stream: true` keeps a character that was cut between two chunks until its other half comes.
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    // Also reached when the caller stops early: tells the server that nobody listens any more.
    await reader.cancel().catch(() => undefined);
  }
}

/** Splits text into events; keeps what is incomplete until the next push. */
export class EventParser {
  private rest = "";
  private event = "";
  private id = "";
  private data: string[] = [];
  private started = false;

  push(text: string): ServerEvent[] {
    this.rest += text;
    if (!this.started && this.rest) {
      this.started = true;
      if (this.rest.startsWith("\uFEFF")) this.rest = this.rest.slice(1);
    }
    const found: ServerEvent[] = [];
    for (;;) {
      const line = this.takeLine();
      if (line === null) return found;
      const event = this.line(line);
      if (event) found.push(event);
    }
  }

  private takeLine(): string | null {
    const end = this.rest.search(/[\r\n]/);
    if (end === -1) return null;
    // A lone CR at the very end may be the first half of CRLF: wait for what follows.
    if (this.rest[end] === "\r" && end === this.rest.length - 1) return null;
    const line = this.rest.slice(0, end);
    this.rest = this.rest.slice(this.rest.startsWith("\r\n", end) ? end + 2 : end + 1);
    return line;
  }

  private line(line: string): ServerEvent | null {
    if (line === "") {
      const whole = { event: this.event || "message", data: this.data.join("\n"), id: this.id };
      const event = this.data.length > 0 ? whole : null;
      this.event = "";
      this.data = [];
      return event;
    }
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.event = value;
    else if (field === "data") this.data.push(value);
    else if (field === "id") this.id = value;
    return null;
  }
}
