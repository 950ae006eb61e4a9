import { describe, expect, it, vi } from "vitest";
import { unbroken } from "@/features/chat/unbroken";
import { ApiError } from "@/lib/api";
import { readEvents } from "@/lib/sse";

const GONE = new ApiError({ title: "No such run", status: 422 });
const AWAY = new ApiError({ title: "Unreachable", status: 0 });
const START = 'id: 1\ndata: {"type":"RUN_STARTED"}\n\n';
const WORDS = 'id: 2\ndata: {"type":"TEXT_MESSAGE_CONTENT"}\n\n';
const END = 'id: 3\ndata: {"type":"RUN_FINISHED"}\n\n';

/** A connection that gives so much, and then ends or breaks. */
function connection(text: string, breaks = true): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
    },
    pull(controller) {
      if (breaks) controller.error(new TypeError("terminated"));
      else controller.close();
    },
  });
  return new Response(body);
}

/** Hears a run; `leaveAfter` so many events nobody listens any more. */
async function hear(first: Response | null, answers: (Response | Error)[], leaveAfter = Infinity) {
  const controller = new AbortController();
  const onBroken = vi.fn<() => void>();
  const asked: string[] = [];
  const reopen = (lastEventId: string) => {
    asked.push(lastEventId);
    const answer = answers.shift() ?? GONE;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const types: string[] = [];
  const { body } = unbroken(first, { signal: controller.signal, onBroken, reopen });
  if (body)
    for await (const { data } of readEvents(body)) {
      types.push((JSON.parse(data) as { type: string }).type);
      if (types.length === leaveAfter) controller.abort();
    }
  return { types, asked, broken: onBroken.mock.calls.length };
}

describe("unbroken", () => {
  it("needs no second connection where the first tells everything", async () => {
    expect(await hear(connection(START + WORDS + END, false), [])).toEqual({
      types: ["RUN_STARTED", "TEXT_MESSAGE_CONTENT", "RUN_FINISHED"],
      asked: [],
      broken: 0,
    });
  });

  it.each([true, false])(
    "goes on after the last whole event, whether the connection breaks (%s) or ends",
    async (breaks) => {
      const heard = await hear(connection(START + WORDS.slice(0, 20), breaks), [connection(WORDS + END)]);
      expect(heard).toEqual({
        types: ["RUN_STARTED", "TEXT_MESSAGE_CONTENT", "RUN_FINISHED"],
        asked: ["1"],
        broken: 1,
      });
    },
  );

  it("hears a run that somebody else began from its beginning, and asks again while the server is away", async () => {
    const heard = await hear(null, [AWAY, connection(START + END)]);
    expect(heard).toEqual({ types: ["RUN_STARTED", "RUN_FINISHED"], asked: ["", ""], broken: 0 });
  });

  it("ends early when the server knows of no such run", async () => {
    expect(await hear(connection(START), [GONE])).toEqual({ types: ["RUN_STARTED"], asked: ["1"], broken: 1 });
  });

  it("ends when nobody listens any more", async () => {
    const heard = await hear(connection(START + WORDS), [], 2);
    expect(heard).toMatchObject({ types: ["RUN_STARTED", "TEXT_MESSAGE_CONTENT"], asked: [] });
  });
});
