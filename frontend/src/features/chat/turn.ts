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

export type Piece = { kind: "text"; specialist: Specialist | null; text: string } | { kind: "block"; block: Block };

export interface Turn {
  /** Names the turn on this page, also before the server has given it an id. */
  key: string;
  /** The server's id, once the answer is on record. */
  id: string | null;
  message: string;
  /** Set when the message is the answer to an approval. */
  resume: Resume | null;
  /** `running`: the server is at work on it, but this page does not hear it; it looks now and then. */
  state: "streaming" | "running" | "done" | "stopped" | "error";
  /** The server's id from the moment that the page hears of it. */
  turnId: string | null;
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
    turnId: null,
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
  const turn = { ...newTurn(stored.turn_id, stored.message), ...settled(stored), feedback: stored.feedback };
  switch (stored.status) {
    case "done":
      return { ...turn, state: "done" };
    case "running":
      return waitFor({ ...turn, id: null }, stored.turn_id);
    case "cancelled":
      return { ...turn, id: null, state: "stopped" };
    case "failed":
      return fail({ ...turn, id: null }, { title: stored.error ?? m.chat.noAnswer, status: 0 });
  }
}

export function applyEvent(turn: Turn, event: ChatEvent): Turn {
  switch (event.kind) {
    case "route":
      return { ...turn, turnId: event.data.turn_id, route: event.data.route };
    case "status":
      return { ...turn, status: event.data };
    case "text":
      return { ...turn, status: null, pieces: withText(turn.pieces, event.data.specialist, event.data.delta) };
    case "block":
      return { ...turn, status: null, pieces: withBlock(turn.pieces, event.data) };
    case "approval":
      return { ...turn, status: null, pieces: withBlock(turn.pieces, { ...event.data, type: "approval" }) };
    case "citation":
      return { ...turn, citations: [...turn.citations.filter((one) => one.n !== event.data.n), event.data] };
    case "done":
      return finish(turn, event.data);
    case "error":
      return fail(turn, event.data);
  }
}

export function fail(turn: Turn, problem: Problem): Turn {
  return { ...turn, state: "error", status: null, problem };
}

/** The connection is gone, the turn perhaps not. What was heard of it stays. */
export function waitFor(turn: Turn, turnId: string): Turn {
  return { ...turn, state: "running", turnId, status: { specialist: null, text: m.chat.stillComing } };
}

export function stop(turn: Turn): Turn {
  return { ...turn, state: "stopped", status: null };
}

/** Whether the turn asks for this approval. */
export function asksFor(turn: Turn, approvalId: string): boolean {
  return turn.pieces.some((piece) => piece.kind === "block" && isApproval(piece.block, approvalId));
}

/** The whole answer as plain text, for reading out and copying. */
export function plainText(turn: Turn): string {
  return turn.pieces
    .filter((piece) => piece.kind === "text")
    .map((piece) => piece.text)
    .join("\n\n");
}

function withText(pieces: Piece[], specialist: Specialist | null, delta: string): Piece[] {
  const last = pieces.at(-1);
  if (last?.kind === "text" && last.specialist === specialist) {
    return [...pieces.slice(0, -1), { ...last, text: last.text + delta }];
  }
  return delta ? [...pieces, { kind: "text", specialist, text: delta }] : pieces;
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
  const text: Piece[] = answer.reply ? [{ kind: "text", specialist: null, text: answer.reply }] : [];
  const blocks = answer.blocks.map((block): Piece => ({ kind: "block", block }));
  return {
    id: answer.turn_id,
    pieces: [...text, ...blocks],
    citations: answer.citations,
    route: answer.route,
    engine: answer.engine,
  };
}
