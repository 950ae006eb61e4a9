import { useRef, useState } from "react";
import { giveFeedback, withdrawFeedback } from "@/features/chat/chat-api";
import { messageOf } from "@/lib/api";
import type { Feedback, Rating } from "@/lib/types";

export interface Said {
  /** What the slayer thinks of the answer, as far as the page knows. */
  rating: Rating | null;
  comment: string | null;
  /** The field for a comment is open. */
  asking: boolean;
  problem: string | null;
  /** A thumb was pressed; the one that is down comes up again. */
  press: (rating: Rating) => void;
  explain: (comment: string) => void;
  leave: () => void;
}

interface State {
  rating: Rating | null;
  comment: string | null;
  asking: boolean;
  problem: string | null;
}

/** What the slayer thinks of an answer. A thumb shows at once, and goes back when the dojo does not take it. */
export function useFeedback(turnId: string, feedback: Feedback | null): Said {
  const [state, setState] = useState<State>({
    rating: feedback?.rating ?? null,
    comment: feedback?.comment ?? null,
    asking: false,
    problem: null,
  });
  const last = useRef(Promise.resolve());

  /** One after the other: words that follow a thumb at once must not overtake it, nor be lost. */
  function change(wanted: Omit<State, "problem">, meanwhile = wanted) {
    const before = state;
    setState({ ...meanwhile, problem: null });
    last.current = last.current.then(async () => {
      try {
        if (wanted.rating) await giveFeedback(turnId, wanted.rating, wanted.comment);
        else await withdrawFeedback(turnId);
        if (meanwhile !== wanted) setState({ ...wanted, problem: null });
      } catch (error) {
        setState({ ...before, problem: messageOf(error) });
      }
    });
  }

  return {
    ...state,
    press: (rating) => {
      const withdrawn = state.rating === rating;
      change({ rating: withdrawn ? null : rating, comment: null, asking: !withdrawn && rating === "down" });
    },
    // The field stays until its words have arrived.
    explain: (comment) => change({ rating: "down", comment, asking: false }, state),
    leave: () => setState({ ...state, asking: false }),
  };
}
