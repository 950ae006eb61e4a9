import { describe, expect, it } from "vitest";
import { applyEvent, asksFor, fail, newTurn, stop, storedTurn, waitFor, type Turn } from "@/features/chat/turn";
import type { Answer, ApprovalBlock, ChatEvent, PointsBlock } from "@/lib/types";

const POINTS: PointsBlock = {
  type: "points",
  nichirin_points: 3,
  rank: "Apprentice",
  next_rank: "Slayer",
  points_to_next: 97,
  streak: 1,
  delta: 3,
};
const CITATION = { n: 1, source: "manuals/heron-spear.md", section: "Maintenance", text: "Oil it." };
const ANSWER: Answer = {
  thread_id: "t",
  turn_id: "u",
  reply: "Logged.\n\nOil it [1].",
  route: ["quartermaster", "coach"],
  citations: [CITATION],
  blocks: [POINTS],
  engine: "embedded",
  approval: null,
};

const APPROVAL: ApprovalBlock = {
  type: "approval",
  approval_id: "a",
  question: "Order it?",
  price: 240,
  weapon: {
    weapon_id: "w",
    slug: "heron-spear",
    name: "Heron Spear",
    weapon_type: "spear",
    weight: 2,
    sharpness: 60,
    price: 240,
    rarity: "common",
    stock: 3,
    styles: [],
    picture: "/weapons/w/picture.svg",
  },
};

function wordsOf(turn: Turn): string {
  return turn.pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("");
}

function play(events: ChatEvent[]): Turn {
  return events.reduce(applyEvent, newTurn("k", "hello"));
}

describe("a streamed turn", () => {
  it("keeps text and blocks in the order in which they came", () => {
    const turn = play([
      { kind: "text", data: { delta: "Log" } },
      { kind: "text", data: { delta: "ged." } },
      { kind: "block", data: POINTS },
      { kind: "text", data: { delta: "\n\nOil it" } },
      { kind: "text", data: { delta: " [1]." } },
      { kind: "citation", data: CITATION },
      { kind: "done", data: ANSWER },
    ]);
    expect(turn.pieces.map((piece) => (piece.kind === "text" ? piece.text : piece.block.type))).toEqual([
      "Logged.",
      "points",
      "Oil it [1].",
    ]);
    expect(turn).toMatchObject({ state: "done", engine: "embedded", route: ["quartermaster", "coach"], status: null });
    expect(turn.citations).toEqual([CITATION]);
  });

  it("has the server's id once it is on record, and not before", () => {
    const streaming = play([{ kind: "text", data: { delta: "Oil it [1]." } }]);
    expect(streaming.id).toBeNull();
    expect(applyEvent(streaming, { kind: "done", data: ANSWER }).id).toBe("u");
  });

  it("shows what a specialist does until the answer goes on", () => {
    const working = play([{ kind: "status", data: { specialist: "coach", text: "Reading manuals" } }]);
    expect(working.status?.text).toBe("Reading manuals");
    expect(applyEvent(working, { kind: "text", data: { delta: "So" } }).status).toBeNull();
  });

  it("takes the final answer when the stream lost a part of it", () => {
    const turn = play([
      { kind: "text", data: { delta: "Logged." } },
      { kind: "done", data: ANSWER },
    ]);
    expect(wordsOf(turn)).toBe(ANSWER.reply);
    expect(turn.pieces).toHaveLength(2);
  });

  it("keeps what was said when it fails or is stopped", () => {
    const half = play([{ kind: "text", data: { delta: "First" } }]);
    expect(wordsOf(fail(half, { title: "Broken", status: 500 }))).toBe("First");
    expect(stop(half)).toMatchObject({ state: "stopped", pieces: half.pieces });
    expect(applyEvent(half, { kind: "error", data: { title: "Broken", status: 503 } })).toMatchObject({
      state: "error",
      problem: { status: 503 },
    });
  });

  it("goes on after a break, and is begun anew where the answer was", () => {
    const half = waitFor(play([{ kind: "text", data: { delta: "First" } }]));
    expect(half.state).toBe("running");
    const on = applyEvent(half, { kind: "text", data: { delta: " and last" } });
    expect([on.state, wordsOf(on)]).toEqual(["streaming", "First and last"]);
    expect(applyEvent(half, { kind: "restated" })).toMatchObject({ state: "running", pieces: [] });
  });

  it("has begun once the server has told of it, be it of its failure", () => {
    expect(newTurn("k", "hello").begun).toBe(false);
    expect(fail(newTurn("k", "hello"), { title: "Unreachable", status: 0 }).begun).toBe(false);
    expect(play([{ kind: "error", data: { title: "Down", status: 0 } }]).begun).toBe(true);
  });

  it("shows an approval once, whether it comes as an event, as a block or as both", () => {
    const event: ChatEvent = { kind: "approval", data: APPROVAL };
    const block: ChatEvent = { kind: "block", data: APPROVAL };
    const done: ChatEvent = { kind: "done", data: { ...ANSWER, reply: "", blocks: [APPROVAL], approval: APPROVAL } };
    for (const events of [[event], [event, done], [block, event, done], [event, block], [done]]) {
      expect(play(events).pieces).toEqual([{ kind: "block", block: APPROVAL }]);
    }
    expect(asksFor(play([event]), "a")).toBe(true);
    expect(asksFor(play([event]), "b")).toBe(false);
  });

  it("replaces a citation that comes twice", () => {
    const turn = play([
      { kind: "citation", data: CITATION },
      { kind: "citation", data: { ...CITATION, section: "Safety" } },
    ]);
    expect(turn.citations.map((one) => one.section)).toEqual(["Safety"]);
  });
});

describe("a stored turn", () => {
  it("shows its reply and then its blocks", () => {
    const turn = storedTurn({
      ...ANSWER,
      message: "hello",
      created_at: "2026-01-01T00:00:00Z",
      feedback: null,
      status: "done",
    });
    expect(turn.pieces.map((piece) => piece.kind)).toEqual(["text", "block"]);
    expect(turn).toMatchObject({ key: "u", state: "done", message: "hello" });
  });

  it("knows what the slayer said of it", () => {
    const feedback = { turn_id: "u", rating: "down", comment: null, given_at: "2026-01-02T00:00:00Z" } as const;
    const turn = storedTurn({
      ...ANSWER,
      message: "hello",
      created_at: "2026-01-01T00:00:00Z",
      feedback,
      status: "done",
    });
    expect(turn).toMatchObject({ id: "u", feedback });
  });

  it("that still runs is waited for, and one that came to nothing says so", () => {
    const stored = {
      ...ANSWER,
      reply: "",
      blocks: [],
      message: "hello",
      created_at: "2026-01-01T00:00:00Z",
      feedback: null,
    };
    expect(storedTurn({ ...stored, status: "running" })).toMatchObject({
      id: null,
      state: "running",
      key: "u",
      pieces: [],
    });
    expect(storedTurn({ ...stored, status: "cancelled" })).toMatchObject({ id: null, state: "stopped" });
    expect(storedTurn({ ...stored, status: "failed", error: "The forge is cold." })).toMatchObject({
      state: "error",
      problem: { title: "The forge is cold." },
    });
  });
});
