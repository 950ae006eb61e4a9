// The turns of a conversation as assistant-ui takes messages: two a turn, what the slayer said and what the dojo answered.

import type { MessageStatus, ThreadMessageLike } from "@assistant-ui/react";
import type { Turn } from "@/features/chat/turn";

export interface Line {
  turn: Turn;
  by: "slayer" | "dojo";
}

/** The lines of each turn, the same objects for the same turn: what has not changed is not converted again. */
const lines = new WeakMap<Turn, [Line, Line]>();

export function linesOf(turns: readonly Turn[]): Line[] {
  return turns.flatMap((turn) => {
    const known = lines.get(turn);
    if (known) return known;
    const made: [Line, Line] = [
      { turn, by: "slayer" },
      { turn, by: "dojo" },
    ];
    lines.set(turn, made);
    return made;
  });
}

const SAID = "-said";

/** The id of what the slayer said in a turn. */
export function saidIdOf(key: string): string {
  return key + SAID;
}

/** The key of the turn to which a message of the slayer's belongs, by the message's id. */
export function keyOf(id: string): string {
  return id.slice(0, -SAID.length);
}

export function asMessage({ turn, by }: Line): ThreadMessageLike {
  const metadata = { custom: { turn } };
  if (by === "slayer") return { role: "user", id: saidIdOf(turn.key), content: turn.message, metadata };
  return {
    role: "assistant",
    id: turn.key,
    content: turn.pieces.map((piece) =>
      piece.kind === "text" ? { type: "text", text: piece.text } : { type: "data", name: "block", data: piece.block },
    ),
    status: statusOf(turn),
    metadata,
  };
}

function statusOf(turn: Turn): MessageStatus {
  switch (turn.state) {
    case "streaming":
    case "running":
      return { type: "running" };
    case "done":
      return { type: "complete", reason: "stop" };
    case "stopped":
      return { type: "incomplete", reason: "cancelled" };
    case "error":
      return { type: "incomplete", reason: "error" };
  }
}
