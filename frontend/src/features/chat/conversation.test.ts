import { describe, expect, it } from "vitest";
import { emptyConversation, fateOf, reduce, type Change, type Conversation } from "@/features/chat/conversation";
import { newTurn, NO, resumedTurn, storedTurn, YES, type Turn } from "@/features/chat/turn";
import type { Answer, ApprovalBlock, Block, ChatEvent, OrderBlock, StoredTurn, Weapon } from "@/lib/types";

const WEAPON: Weapon = {
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
};
const APPROVAL: ApprovalBlock = {
  type: "approval",
  approval_id: "a",
  question: "Order it?",
  weapon: WEAPON,
  price: 240,
};
const ORDER: OrderBlock = {
  type: "order",
  order_id: "o",
  weapon: WEAPON,
  price: 240,
  ordered_at: "2026-01-01T00:00:00Z",
};

function answerOf(blocks: Block[], approval: ApprovalBlock | null = null): Answer {
  return {
    thread_id: "t",
    turn_id: "u",
    reply: "So.",
    route: ["quartermaster"],
    citations: [],
    blocks,
    engine: "",
    approval,
  };
}

function stored(message: string, blocks: Block[]): StoredTurn {
  return {
    ...answerOf(blocks),
    turn_id: message,
    message,
    created_at: "2026-01-01T00:00:00Z",
    feedback: null,
    status: "done",
  };
}

const asked = (turn: Turn): Change => ({ type: "asked", turn, instead: null });
const event = (key: string, one: ChatEvent): Change => ({ type: "event", key, event: one });
const done = (key: string, blocks: Block[], approval: ApprovalBlock | null = null): Change =>
  event(key, { kind: "done", data: answerOf(blocks, approval) });
const answering = (approved: boolean, key = "answer"): Change =>
  asked(resumedTurn(key, { approval_id: "a", approved }));

function play(changes: Change[], from: Conversation = emptyConversation(false)): Conversation {
  return changes.reduce(reduce, from);
}

const OFFERED = play([
  asked(newTurn("ask", "buy the Heron Spear")),
  event("ask", { kind: "approval", data: APPROVAL }),
  done("ask", [APPROVAL], APPROVAL),
]);

describe("an approval in a conversation", () => {
  it("waits as soon as it appears, and still when its turn is done", () => {
    const early = play([asked(newTurn("ask", "buy it")), event("ask", { kind: "approval", data: APPROVAL })]);
    expect([early, OFFERED].map((state) => fateOf(state, APPROVAL))).toEqual(["waiting", "waiting"]);
  });

  it("is answered with Yes in a turn of its own, and ends as ordered", () => {
    const sent = play([answering(true)], OFFERED);
    expect(fateOf(sent, APPROVAL)).toBe("answering");
    expect(sent.turns.map((turn) => turn.message)).toEqual(["buy the Heron Spear", YES]);
    expect(fateOf(play([done("answer", [ORDER])], sent), APPROVAL)).toBe("ordered");
  });

  it("is answered with No", () => {
    expect(fateOf(play([answering(false), done("answer", [])], OFFERED), APPROVAL)).toBe("declined");
  });

  it("is ordered, too, by a slayer who typed yes", () => {
    expect(fateOf(play([asked(newTurn("typed", "yes")), done("typed", [ORDER])], OFFERED), APPROVAL)).toBe("ordered");
  });

  it("is closed when the order could not be carried out", () => {
    const soldOut: Block = { type: "notice", level: "warning", text: "Sold out." };
    expect(fateOf(play([answering(true), done("answer", [soldOut])], OFFERED), APPROVAL)).toBe("closed");
  });

  it("lapses with any other message", () => {
    const other = play([asked(newTurn("other", "what is my rank?")), done("other", [])], OFFERED);
    expect(other.waiting).toBeNull();
    expect(fateOf(other, APPROVAL)).toBe("closed");
  });

  it("gives way to the next one", () => {
    const next = { ...APPROVAL, approval_id: "b" };
    const state = play([asked(newTurn("again", "buy it")), done("again", [next], next)], OFFERED);
    expect([APPROVAL, next].map((one) => fateOf(state, one))).toEqual(["closed", "waiting"]);
  });

  it.each<[string, Change]>([
    ["fails", { type: "failed", key: "answer", problem: { title: "Unreachable", status: 0 } }],
    ["is stopped", { type: "stopped", key: "answer" }],
    ["ends in an error of the stream", event("answer", { kind: "error", data: { title: "Down", status: 503 } })],
  ])("waits again when the turn after it %s", (_, ending) => {
    const state = play([answering(true), ending], OFFERED);
    expect(fateOf(state, APPROVAL)).toBe("waiting");
    expect(state.turns).toHaveLength(2);
  });

  it("waits again after another message came to nothing, and is then judged by its answer", () => {
    const lost: Change = { type: "failed", key: "other", problem: { title: "Unreachable", status: 0 } };
    const again = play([asked(newTurn("other", "hello")), lost], OFFERED);
    expect(fateOf(again, APPROVAL)).toBe("waiting");
    expect(fateOf(play([answering(true), done("answer", [ORDER])], again), APPROVAL)).toBe("ordered");
  });

  it("puts a second answer in the place of the one that failed", () => {
    const failed: Change = { type: "failed", key: "answer", problem: { title: "Unreachable", status: 0 } };
    const state = play([answering(true), failed, answering(false, "second")], OFFERED);
    expect(state.turns.map((turn) => turn.key)).toEqual(["ask", "second"]);
  });

  it("is closed, and its answer taken back, when the server says that it no longer waits", () => {
    const state = play([answering(true), { type: "lapsed", key: "answer" }], OFFERED);
    expect(fateOf(state, APPROVAL)).toBe("closed");
    expect(state.turns.map((turn) => turn.key)).toEqual(["ask"]);
  });

  it("believes the server about what waits", () => {
    expect(fateOf(play([{ type: "waits", approvalId: null }], OFFERED), APPROVAL)).toBe("closed");
  });
});

describe("an approval in a conversation that was opened again", () => {
  const question = storedTurn(stored("buy the Heron Spear", [APPROVAL]));
  const open = (turns: Turn[], waiting: string | null) => play([{ type: "loaded", turns, waiting }]);

  it("waits only when the server says so", () => {
    expect(fateOf(open([question], "a"), APPROVAL)).toBe("waiting");
    expect(fateOf(open([question], null), APPROVAL)).toBe("closed");
    expect(fateOf(open([question], "b"), APPROVAL)).toBe("closed");
  });

  it("remembers how it was answered", () => {
    expect(fateOf(open([question, storedTurn(stored(YES, [ORDER]))], null), APPROVAL)).toBe("ordered");
    expect(fateOf(open([question, storedTurn(stored(NO, []))], null), APPROVAL)).toBe("declined");
    expect(fateOf(open([question, storedTurn(stored("hello", []))], null), APPROVAL)).toBe("closed");
  });
});
