// The conversation on the screen and what changes it, the approval that waits for an answer included. Pure functions.

import { applyEvent, asksFor, fail, NO, stop, waitFor, type Turn } from "@/features/chat/turn";
import type { ApprovalBlock, ChatEvent, Problem } from "@/lib/types";

export interface Conversation {
  turns: Turn[];
  loading: boolean;
  problem: string | null;
  /** The approval that waits for the slayer's answer. */
  waiting: string | null;
  /** The one that waited when the newest turn was asked: it waits again should that turn come to nothing. */
  held: string | null;
}

export type Change =
  | { type: "cleared"; loading: boolean }
  | { type: "loaded"; turns: Turn[]; waiting: string | null }
  | { type: "not-loaded"; problem: string }
  | { type: "asked"; turn: Turn; instead: string | null }
  | { type: "event"; key: string; event: ChatEvent }
  | { type: "failed"; key: string; problem: Problem }
  | { type: "stopped"; key: string }
  /** The connection broke off; it is being taken up again. */
  | { type: "lost"; key: string }
  /** The server says that the approval which the turn answers no longer waits. */
  | { type: "lapsed"; key: string }
  /** The server says which approval waits. */
  | { type: "waits"; approvalId: string | null };

/**
 * What became of an approval. `closed`: it no longer waits, for it lapsed or its order could not be carried out.
 */
export type Fate = "waiting" | "answering" | "ordered" | "declined" | "closed";

export function emptyConversation(loading: boolean): Conversation {
  return { turns: [], loading, problem: null, waiting: null, held: null };
}

export function reduce(state: Conversation, change: Change): Conversation {
  switch (change.type) {
    case "cleared":
      return emptyConversation(change.loading);
    case "loaded":
      return { ...emptyConversation(false), turns: change.turns, waiting: change.waiting };
    case "not-loaded":
      return { ...emptyConversation(false), problem: change.problem };
    case "asked": {
      // A second attempt takes the place of the first, whichever button began it.
      const turns = without(state.turns, change.instead).filter((turn) => !sameAnswer(turn, change.turn));
      // Whatever the slayer says, it answers the approval or lets it lapse.
      return { ...state, turns: [...turns, change.turn], waiting: null, held: state.waiting };
    }
    case "event":
      return afterEvent(
        update(state, change.key, (turn) => applyEvent(turn, change.event)),
        change.event,
      );
    case "failed":
      return held(update(state, change.key, (turn) => fail(turn, change.problem)));
    case "stopped":
      return held(update(state, change.key, stop));
    case "lost":
      return update(state, change.key, waitFor);
    case "lapsed":
      return { ...state, turns: without(state.turns, change.key), waiting: null, held: null };
    case "waits":
      return { ...state, waiting: change.approvalId };
  }
}

export function fateOf({ turns, waiting }: Conversation, approval: ApprovalBlock): Fate {
  if (waiting === approval.approval_id) return "waiting";
  const later = turns.slice(turns.findIndex((turn) => asksFor(turn, approval.approval_id)) + 1);
  // A stored turn does not say what it answers: it is the one right after the question.
  const next = later.find((turn) => turn.resume?.approval_id === approval.approval_id) ?? later[0];
  if (!next) return "closed";
  if (hasOrderOf(next, approval)) return "ordered";
  if (next.state === "streaming" || next.state === "running") return "answering";
  return next.message === NO && next.state === "done" ? "declined" : "closed";
}

function sameAnswer(one: Turn, other: Turn): boolean {
  return one.resume !== null && one.resume.approval_id === other.resume?.approval_id;
}

function hasOrderOf(turn: Turn, { weapon }: ApprovalBlock): boolean {
  return turn.pieces.some(
    (piece) =>
      piece.kind === "block" && piece.block.type === "order" && piece.block.weapon.weapon_id === weapon.weapon_id,
  );
}

function afterEvent(state: Conversation, event: ChatEvent): Conversation {
  if (event.kind === "approval") return { ...state, waiting: event.data.approval_id };
  if (event.kind === "done") return { ...state, waiting: event.data.approval?.approval_id ?? null, held: null };
  return event.kind === "error" ? held(state) : state;
}

function held(state: Conversation): Conversation {
  return { ...state, waiting: state.waiting ?? state.held, held: null };
}

function without(turns: Turn[], key: string | null): Turn[] {
  return turns.filter((turn) => turn.key !== key);
}

function update(state: Conversation, key: string, change: (turn: Turn) => Turn): Conversation {
  return { ...state, turns: state.turns.map((turn) => (turn.key === key ? change(turn) : turn)) };
}
