import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApprovalBlock } from "@/features/chat/approval-block";
import { ChatPage, type DrawBlock } from "@/features/chat/chat-page";
import { aguiStream, ending, opening, words } from "@/test/agui";
import { aSlayer, aWeapon } from "@/test/samples";
import { renderIn } from "@/test/render";
import { server } from "@/test/server";
import type { Answer, StoredTurn } from "@/lib/types";

const TURN: StoredTurn = {
  turn_id: "u",
  message: "How do I oil it?",
  reply: "With **camellia** oil.",
  route: ["coach"],
  citations: [],
  blocks: [],
  engine: "embedded",
  status: "done",
  created_at: "2026-01-01T00:00:00Z",
  feedback: null,
};

function threadOf(...turns: StoredTurn[]) {
  return { thread_id: "t", title: "Oil", updated_at: TURN.created_at, turns, approval_id: null };
}

function draw(threadId: string | null, drawBlock: DrawBlock = () => null) {
  const onTurnEnd = vi.fn<() => void>();
  renderIn(
    <ChatPage
      me={aSlayer()}
      threadId={threadId}
      question={null}
      draft={null}
      drawBlock={drawBlock}
      drawFirst={() => null}
      onThread={() => undefined}
      onBlock={() => undefined}
      onTurnEnd={onTurnEnd}
    />,
  );
  return { user: userEvent.setup(), onTurnEnd };
}

const ANSWER: Answer = { ...TURN, thread_id: "t", approval: null };

interface Body {
  threadId: string;
  runId: string;
  messages: { content: string }[];
  resume?: unknown;
}

/** The dojo answers each run through this; gives what was sent. */
function dojo(answer: (body: Body, lastEventId: string | null) => Response | Promise<Response>) {
  const sent: Body[] = [];
  server.use(
    http.post("*/agui", async ({ request }) => {
      const body = (await request.json()) as Body;
      sent.push(body);
      return answer(body, request.headers.get("Last-Event-ID"));
    }),
  );
  return sent;
}

const said = (bodies: Body[]) => bodies.map(({ threadId, messages }) => [threadId, messages.at(-1)?.content]);
const whole = (runId: string) => [
  ...opening("t", runId),
  words(runId, TURN.reply),
  ...ending({ ...ANSWER, turn_id: runId }),
];
const refused = (status: number, title: string) => HttpResponse.json({ title, status }, { status });

/** happy-dom lays nothing out, so there is nothing to observe. */
class NothingSeen {
  readonly observe = vi.fn<() => void>();
  readonly unobserve = vi.fn<() => void>();
  readonly disconnect = vi.fn<() => void>();
}

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", NothingSeen);
  vi.stubGlobal("IntersectionObserver", NothingSeen);
});

describe("ChatPage", () => {
  it("after a reload hears the answer of a turn that still runs", async () => {
    const sent = dojo(async ({ runId }) => {
      await delay(300);
      return aguiStream(whole(runId));
    });
    server.use(http.get("*/threads/t", () => HttpResponse.json(threadOf({ ...TURN, reply: "", status: "running" }))));
    const { onTurnEnd } = draw("t");
    await screen.findByText("The answer is still on its way…");
    expect(screen.getByRole("button", { name: "Stop the answer" })).toBeTruthy();
    await screen.findByText("camellia");
    expect(screen.queryByText("The answer is still on its way…")).toBeNull();
    expect(onTurnEnd).toHaveBeenCalledOnce();
    // It came back to the run, and said nothing again.
    expect(sent).toEqual([{ threadId: "t", runId: "u", messages: [] }]);
  });

  it("takes up an answer that broke off, without losing or repeating a word", async () => {
    server.use(http.get("*/threads/t", () => HttpResponse.json(threadOf({ ...TURN, turn_id: "before" }))));
    const marks: (string | null)[] = [];
    const sent = dojo(({ runId }, lastEventId) => {
      marks.push(lastEventId);
      if (lastEventId === null) return aguiStream([...opening("t", runId), words(runId, "With **cam")]);
      return aguiStream([words(runId, "ellia** oil."), ...ending({ ...ANSWER, turn_id: runId })], 5);
    });
    const { user } = draw("t");
    await screen.findByText("camellia");
    await user.type(screen.getByRole("textbox"), "How do I oil it?{Enter}");
    await waitFor(() => expect(screen.getAllByText("camellia")).toHaveLength(2), { timeout: 4_000 });
    expect(screen.getAllByRole("article").map((answer) => answer.querySelector(".prose")?.textContent)).toEqual([
      "With camellia oil.",
      "With camellia oil.",
    ]);
    expect(marks).toEqual([null, "4"]);
    expect(sent.map(({ runId }) => runId)).toEqual([sent[0]?.runId, sent[0]?.runId]);
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  });

  it("says that an answer broke off when the dojo has given it up, and keeps what was heard", async () => {
    server.use(http.get("*/threads/t", () => HttpResponse.json(threadOf())));
    dojo(({ runId }, lastEventId) =>
      lastEventId === null
        ? aguiStream([...opening("t", runId), words(runId, "With camellia")])
        : refused(422, "Say something"),
    );
    const { user } = draw("t");
    await user.type(await screen.findByRole("textbox"), "How do I oil it?{Enter}");
    await screen.findByText("The answer broke off before its end.", undefined, { timeout: 4_000 });
    expect(screen.getByText("With camellia")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("sends what did not arrive once more as the same turn of the same conversation", async () => {
    let away = true;
    const sent = dojo(({ threadId, runId }) => {
      if (away) return HttpResponse.error();
      const answer = { ...ANSWER, thread_id: threadId, turn_id: runId };
      return aguiStream([...opening(threadId, runId), words(runId, TURN.reply), ...ending(answer)]);
    });
    const { user } = draw(null);
    await user.type(screen.getByRole("textbox"), "How do I oil it?{Enter}");
    await screen.findByText(/^The dojo does not answer/);
    away = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText("camellia");
    expect(sent).toEqual([sent[0], sent[0]]);
    expect(screen.getAllByText("How do I oil it?")).toHaveLength(1);
  });

  it("stops an answer, tells the dojo, and asks anew when it is to be tried again", async () => {
    server.use(http.get("*/threads/t", () => HttpResponse.json(threadOf())));
    const stopped: unknown[] = [];
    server.use(
      http.post("*/agui/stop", async ({ request }) => {
        stopped.push(await request.json());
        return new HttpResponse(null, { status: 204 });
      }),
    );
    let hangs = true;
    const sent = dojo(({ runId }) => {
      if (!hangs) return aguiStream(whole(runId));
      const head = opening("t", runId).map((event) => `data: ${JSON.stringify(event)}\n\n`);
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(head.join(""))),
      });
      return new HttpResponse(body, { headers: { "Content-Type": "text/event-stream" } });
    });
    const { user } = draw("t");
    await user.type(await screen.findByRole("textbox"), "How do I oil it?{Enter}");
    await screen.findByText("Coach");
    await user.click(screen.getByRole("button", { name: "Stop the answer" }));
    await screen.findByText("Stopped.");
    expect(stopped).toEqual([{ threadId: "t", runId: sent[0]?.runId }]);
    hangs = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText("camellia");
    expect(sent[1]?.runId).not.toBe(sent[0]?.runId);
  });

  it("keeps what is written while the conversation is opened, and does not send it into nowhere", async () => {
    const door = new EventTarget();
    const opened = new Promise((resolve) => {
      door.addEventListener("open", resolve);
    });
    server.use(
      http.get("*/threads/t", async () => {
        await opened;
        return HttpResponse.json(threadOf(TURN));
      }),
    );
    const sent = dojo(({ runId }) => aguiStream(whole(runId)));
    const { user } = draw("t");
    await user.type(screen.getByRole("textbox"), "And when?{Enter}");
    expect(screen.getByRole("textbox")).toHaveProperty("value", "And when?");
    door.dispatchEvent(new Event("open"));
    await screen.findByText("camellia");
    await user.type(screen.getByRole("textbox"), "{Enter}");
    await waitFor(() => expect(said(sent)).toEqual([["t", "And when?"]]));
    expect(screen.getAllByText("camellia")).toBeTruthy();
  });

  it("takes an earlier message to the box, and sends it as it was changed", async () => {
    server.use(http.get("*/threads/t", () => HttpResponse.json(threadOf(TURN))));
    const sent = dojo(({ runId }) => aguiStream(whole(runId)));
    const { user } = draw("t");
    await user.click(await screen.findByRole("button", { name: "Edit and send again" }));
    const box = screen.getByRole("textbox");
    await waitFor(() => expect(box).toHaveProperty("value", "How do I oil it?"));
    await user.type(box, " And when?{Enter}");
    await waitFor(() => expect(said(sent)).toEqual([["t", "How do I oil it? And when?"]]));
    expect(screen.queryByText(/You are changing an earlier message/)).toBeNull();
  });

  it("leaves an earlier message as it was with Escape, and begins a new line with Shift and Enter", async () => {
    server.use(http.get("*/threads/t", () => HttpResponse.json(threadOf(TURN))));
    const { user } = draw("t");
    await user.click(await screen.findByRole("button", { name: "Edit and send again" }));
    await user.type(screen.getByRole("textbox"), "{Escape}");
    expect(screen.getByRole("textbox")).toHaveProperty("value", "");
    expect(screen.queryByText(/You are changing an earlier message/)).toBeNull();
    await user.type(screen.getByRole("textbox"), "one{Shift>}{Enter}{/Shift}two");
    expect(screen.getByRole("textbox")).toHaveProperty("value", "one\ntwo");
  });

  it("answers an offer with a run that resumes, and has it answered no more when the dojo says so", async () => {
    const offer = { type: "approval", approval_id: "a", question: "Order it?", weapon: aWeapon(), price: 240 } as const;
    const asked = { ...TURN, message: "buy it", reply: "Shall I?", blocks: [offer] };
    server.use(http.get("*/threads/t", () => HttpResponse.json({ ...threadOf(asked), approval_id: "a" })));
    const sent = dojo(() => refused(409, "Nothing waits for that answer."));
    const { user } = draw("t", (block, tools) =>
      block.type === "approval" ? <ApprovalBlock block={block} tools={tools} /> : null,
    );
    await user.click(await screen.findByRole("button", { name: "Yes, order it" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({
      messages: [],
      resume: [{ interruptId: "a", status: "resolved", payload: { approved: true } }],
    });
    await waitFor(() => expect(screen.getAllByRole("article", { name: "The dojo's answer" })).toHaveLength(1));
  });
});
