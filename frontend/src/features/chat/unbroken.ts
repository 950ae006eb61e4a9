// An AG-UI stream that is taken up again where its connection broke, so that whoever reads it never notices.

import { ApiError, isAbort } from "@/lib/api";
import { pause } from "@/lib/pause";
import { readEvents } from "@/lib/sse";

const FIRST_WAIT = 600;
const LONGEST_WAIT = 4_000;
/** Tries without a word from the server, about two minutes of them, until the page gives up on the run. */
const PATIENCE = 32;
const LAST = new Set(["RUN_FINISHED", "RUN_ERROR"]);

export interface Line {
  signal: AbortSignal;
  /** The connection is gone; the run perhaps not. */
  onBroken: () => void;
  /** Asks for what comes after the event of that id; for everything where it is empty. */
  reopen: (lastEventId: string) => Promise<Response>;
}

/**
 * The events of a run from its first to its last, however often the connection breaks.
 *
 * Only whole events are passed on, each once. It ends early, and never with an error, when the server knows of no such run any
 * more, does not answer for minutes, or `signal` fires.
 *
 * @param first - the stream to begin with; null for a run that somebody else began.
 */
export function unbroken(first: Response | null, line: Line): Response {
  const events = follow(first, line);
  const encoder = new TextEncoder();
  const left = new Promise<{ done: true; value: undefined }>((resolve) => {
    line.signal.addEventListener("abort", () => resolve({ done: true, value: undefined }));
  });
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await Promise.race([events.next(), left]);
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`data: ${value}\n\n`));
    },
    async cancel() {
      await events.return();
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

async function* follow(first: Response | null, line: Line): AsyncGenerator<string, void> {
  let heard = "";
  let tries = 0;
  let wait = 0;
  let response = first;
  for (;;) {
    try {
      if (response === null) {
        await pause(wait, line.signal);
        wait = Math.min(Math.max(wait * 1.4, FIRST_WAIT), LONGEST_WAIT);
        tries += 1;
        response = await line.reopen(heard);
      }
      if (response.body) {
        for await (const { id, data } of readEvents(response.body)) {
          heard = id || heard;
          [tries, wait] = [0, FIRST_WAIT];
          yield data;
          if (isLast(data)) return;
        }
      }
    } catch (error) {
      if (isAbort(error) || line.signal.aborted || isRefusal(error)) return;
    }
    if (tries >= PATIENCE) return;
    if (response !== null) line.onBroken();
    response = null;
    wait = Math.max(wait, FIRST_WAIT);
  }
}

function isLast(data: string): boolean {
  return LAST.has((JSON.parse(data) as { type: string }).type);
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500;
}
