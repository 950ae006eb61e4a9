import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ChatPage } from "@/features/chat/chat-page";
import { aSlayer } from "@/test/samples";
import { renderIn } from "@/test/render";
import { server } from "@/test/server";
import type { StoredTurn } from "@/lib/types";

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

function draw(threadId: string | null) {
  const onTurnEnd = vi.fn<() => void>();
  renderIn(
    <ChatPage
      me={aSlayer()}
      threadId={threadId}
      question={null}
      draft={null}
      drawBlock={() => null}
      drawFirst={() => null}
      onThread={() => undefined}
      onBlock={() => undefined}
      onTurnEnd={onTurnEnd}
    />,
  );
  return { user: userEvent.setup(), onTurnEnd };
}

/** A stream of the server that tells these events and then ends, as a broken connection does too. */
function stream(...events: [string, unknown][]) {
  const text = events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join("");
  return new HttpResponse(text, { headers: { "Content-Type": "text/event-stream" } });
}

const ROUTE = ["route", { thread_id: "t", turn_id: "u", route: ["coach"] }] as [string, unknown];
const FIRST_WORDS = ["text", { specialist: "coach", delta: "With **cam" }] as [string, unknown];

/** happy-dom lays nothing out, so there is nothing to observe. */
class NothingSeen {
  readonly observe = vi.fn<() => void>();
  readonly disconnect = vi.fn<() => void>();
}

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", NothingSeen);
  vi.stubGlobal("IntersectionObserver", NothingSeen);
});

describe("ChatPage", () => {
  it("after a reload waits for the answer of a turn that still runs", async () => {
    let looks = 0;
    server.use(
      http.get("*/threads/t", () => {
        looks += 1;
        return HttpResponse.json(threadOf(looks < 2 ? { ...TURN, reply: "", status: "running" } : TURN));
      }),
    );
    const { onTurnEnd } = draw("t");
    await screen.findByText("The answer is still on its way…");
    expect(screen.getByRole("button", { name: "Stop the answer" })).toBeTruthy();
    await screen.findByText("camellia", undefined, { timeout: 4_000 });
    expect(screen.queryByText("The answer is still on its way…")).toBeNull();
    expect(onTurnEnd).toHaveBeenCalledOnce();
  });

  it("takes up an answer that broke off, without losing or repeating a word", async () => {
    server.use(
      http.get("*/threads/t", () => HttpResponse.json(threadOf({ ...TURN, turn_id: "before" }))),
      http.post("*/coach/chat", () => stream(ROUTE, FIRST_WORDS)),
    );
    const { user } = draw("t");
    await screen.findByText("camellia");
    server.use(http.get("*/threads/t", () => HttpResponse.json(threadOf({ ...TURN, turn_id: "before" }, TURN))));
    await user.type(screen.getByRole("textbox"), "How do I oil it?{Enter}");
    await waitFor(() => expect(screen.getAllByText("camellia")).toHaveLength(2), { timeout: 4_000 });
    expect(screen.queryByText(/With \*\*cam$/)).toBeNull();
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  });

  it("says that an answer broke off when the dojo has given it up, and keeps what was heard", async () => {
    server.use(
      http.get("*/threads/t", () => HttpResponse.json(threadOf())),
      http.post("*/coach/chat", () => stream(ROUTE, ["text", { specialist: "coach", delta: "With camellia" }])),
    );
    const { user } = draw("t");
    await user.type(await screen.findByRole("textbox"), "How do I oil it?{Enter}");
    await screen.findByText("The answer broke off before its end.", undefined, { timeout: 4_000 });
    expect(screen.getByText("With camellia")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("keeps what is written while the conversation is opened, and does not send it into nowhere", async () => {
    const door = new EventTarget();
    const opened = new Promise((resolve) => {
      door.addEventListener("open", resolve);
    });
    const said: unknown[] = [];
    server.use(
      http.get("*/threads/t", async () => {
        await opened;
        return HttpResponse.json(threadOf(TURN));
      }),
      http.post("*/coach/chat", async ({ request }) => {
        said.push(await request.json());
        return stream(ROUTE);
      }),
    );
    const { user } = draw("t");
    await user.type(screen.getByRole("textbox"), "And when?{Enter}");
    expect(screen.getByRole("textbox")).toHaveProperty("value", "And when?");
    door.dispatchEvent(new Event("open"));
    await screen.findByText("camellia");
    await user.type(screen.getByRole("textbox"), "{Enter}");
    await waitFor(() => expect(said).toEqual([{ message: "And when?", thread_id: "t" }]));
    expect(screen.getByText("camellia")).toBeTruthy();
  });

  it("takes an earlier message to the box, and sends it as it was changed", async () => {
    const said: unknown[] = [];
    server.use(
      http.get("*/threads/t", () => HttpResponse.json(threadOf(TURN))),
      http.post("*/coach/chat", async ({ request }) => {
        said.push(await request.json());
        return stream(
          ["route", { thread_id: "t", turn_id: "v", route: [] }],
          ["done", { ...TURN, turn_id: "v", thread_id: "t", approval: null }],
        );
      }),
    );
    const { user } = draw("t");
    await user.click(await screen.findByRole("button", { name: "Edit and send again" }));
    const box = screen.getByRole("textbox");
    expect(box).toHaveProperty("value", "How do I oil it?");
    await user.type(box, " And when?{Enter}");
    await waitFor(() => expect(said).toEqual([{ message: "How do I oil it? And when?", thread_id: "t" }]));
    expect(screen.queryByText(/You are changing an earlier message/)).toBeNull();
  });
});
