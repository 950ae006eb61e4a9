// One turn of the conversation as the page holds it, and how the events of the stream change it. Pure functions.

import { m } from "@/lib/messages";
import type {
  Answer,
  ApprovalBlock,
  Block,
  ChatEvent,
  Citation,
  Feedback,
  Problem,
  Resume,
  Specialist,
  StoredTurn,
} from "@/lib/types";

export type Piece = { kind: "text"; text: string } | { kind: "block"; block: Block };

export interface Turn {
  /** The turn's id, and the name of its run: this page gives it, and the server takes it over. */
  key: string;
  /** The same, once the answer is on record. */
  id: string | null;
  message: string;
  /** Set when the message is the answer to an approval. */
  resume: Resume | null;
  /** `running`: the server is at work on it, but this page does not hear it; it looks now and then. */
  state: "streaming" | "running" | "done" | "stopped" | "error";
  /** Whether the server has told of it: until then it can be asked for again as the same turn, and is answered once. */
  begun: boolean;
  pieces: Piece[];
  citations: Citation[];
  route: Specialist[];
  engine: string | null;
  /** What the slayer had said of the answer when it was loaded. */
  feedback: Feedback | null;
  /** What a specialist is doing now, until the answer goes on. */
  status: { specialist: Specialist | null; text: string } | null;
  problem: Problem | null;
}

export const BROKEN_OFF: Problem = { title: m.chat.brokenOff, status: 0 };

/** What the slayer says by pressing a button of an approval; the server stores the turn under the same words. */
export const YES = m.wire.yes;
export const NO = m.wire.no;

export function newTurn(key: string, message: string): Turn {
  return {
    key,
    id: null,
    message,
    resume: null,
    state: "streaming",
    begun: false,
    pieces: [],
    citations: [],
    route: [],
    engine: null,
    feedback: null,
    status: null,
    problem: null,
  };
}

export function resumedTurn(key: string, resume: Resume): Turn {
  return { ...newTurn(key, resume.approved ? YES : NO), resume };
}

/** A turn on record. One that still runs, from whichever page it was asked, looks like one that this page waits for. */
export function storedTurn(stored: StoredTurn): Turn {
  const asked = { ...newTurn(stored.turn_id, stored.message), begun: true };
  const turn = { ...asked, ...settled(stored), feedback: stored.feedback };
  switch (stored.status) {
    case "done":
      return { ...turn, state: "done" };
    case "running":
      return waitFor(asked);
    case "cancelled":
      return { ...turn, id: null, state: "stopped" };
    case "failed":
      return fail({ ...turn, id: null }, { title: stored.error ?? m.chat.noAnswer, status: 0 });
  }
}

export function applyEvent(turn: Turn, event: ChatEvent): Turn {
  const heard: Turn = { ...turn, begun: true, state: "streaming" };
  switch (event.kind) {
    case "route":
      return { ...heard, route: event.data.route };
    case "status":
      return { ...heard, status: event.data };
    case "text":
      return { ...heard, status: null, pieces: withText(turn.pieces, event.data.delta) };
    case "block":
      return { ...heard, status: null, pieces: withBlock(turn.pieces, event.data) };
    case "approval":
      return { ...heard, status: null, pieces: withBlock(turn.pieces, { ...event.data, type: "approval" }) };
    case "citation":
      return { ...heard, citations: [...turn.citations.filter((one) => one.n !== event.data.n), event.data] };
    case "done":
      return finish(heard, event.data);
    case "error":
      return fail(heard, event.data);
    case "restated":
      return waitFor({ ...heard, pieces: [], citations: [] });
  }
}

export function fail(turn: Turn, problem: Problem): Turn {
  return { ...turn, state: "error", status: null, problem };
}

/** The connection is gone, the turn perhaps not. What was heard of it stays. */
export function waitFor(turn: Turn): Turn {
  return { ...turn, state: "running", status: { specialist: null, text: m.chat.stillComing } };
}

export function stop(turn: Turn): Turn {
  return { ...turn, state: "stopped", status: null };
}

/** Whether the turn asks for this approval. */
export function asksFor(turn: Turn, approvalId: string): boolean {
  return turn.pieces.some((piece) => piece.kind === "block" && isApproval(piece.block, approvalId));
}

/** Words go on where words were last; after a block they begin anew. */
function withText(pieces: Piece[], delta: string): Piece[] {
  const last = pieces.at(-1);
  if (last?.kind === "text") return [...pieces.slice(0, -1), { ...last, text: last.text + delta }];
  const text = delta.trimStart();
  return text ? [...pieces, { kind: "text", text }] : pieces;
}

/** An approval comes as an event of its own and may come as a block too: it is shown once. */
function withBlock(pieces: Piece[], block: Block): Piece[] {
  const known =
    block.type === "approval" &&
    pieces.some((piece) => piece.kind === "block" && isApproval(piece.block, block.approval_id));
  return known ? pieces : [...pieces, { kind: "block", block }];
}

function isApproval(block: Block, approvalId: string): block is ApprovalBlock {
  return block.type === "approval" && block.approval_id === approvalId;
}

/** The final answer is the truth: it settles the turn, but what was streamed keeps its place on the screen. */
function finish(turn: Turn, answer: Answer): Turn {
  const whole = settled(answer);
  const streamedText = turn.pieces.some((piece) => piece.kind === "text");
  const streamedBlocks = turn.pieces.filter((piece) => piece.kind === "block").length;
  const complete = (streamedText || !answer.reply) && streamedBlocks === answer.blocks.length;
  return { ...turn, ...whole, pieces: complete ? turn.pieces : whole.pieces, state: "done", status: null };
}

function settled(
  answer: Omit<Answer, "thread_id" | "approval">,
): Pick<Turn, "id" | "pieces" | "citations" | "route" | "engine"> {
  const text: Piece[] = answer.reply ? [{ kind: "text", text: answer.reply }] : [];
  const blocks = answer.blocks.map((block): Piece => ({ kind: "block", block }));
  return {
    id: answer.turn_id,
    pieces: [...text, ...blocks],
    citations: answer.citations,
    route: answer.route,
    engine: answer.engine,
  };
}
