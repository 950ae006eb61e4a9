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
  const sending = useRef(false);

  async function change(wanted: Omit<State, "problem">, meanwhile = wanted) {
    if (sending.current) return;
    sending.current = true;
    const before = state;
    setState({ ...meanwhile, problem: null });
    try {
      if (wanted.rating) await giveFeedback(turnId, wanted.rating, wanted.comment);
      else await withdrawFeedback(turnId);
      if (meanwhile !== wanted) setState({ ...wanted, problem: null });
    } catch (error) {
      setState({ ...before, problem: messageOf(error) });
    } finally {
      sending.current = false;
    }
  }

  return {
    ...state,
    press: (rating) => {
      const withdrawn = state.rating === rating;
      void change({ rating: withdrawn ? null : rating, comment: null, asking: !withdrawn && rating === "down" });
    },
    // The field stays until its words have arrived.
    explain: (comment) => void change({ rating: "down", comment, asking: false }, state),
    leave: () => setState({ ...state, asking: false }),
  };
}
