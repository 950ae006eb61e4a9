import { useId, useState } from "react";
import { Icon } from "@/components/icon";
import type { Said } from "@/features/chat/use-feedback";
import type { Rating } from "@/lib/types";
import { m } from "@/lib/messages";

const LONGEST = 2000;
const LABELS: Record<Rating, string> = { up: m.feedback.up, down: m.feedback.down };

/** Thumbs up and down; pressing the one that is pressed takes it back. */
export function Thumbs({ said }: { said: Said }) {
  return (
    <div role="group" aria-label={m.feedback.ask} className="flex">
      {(["up", "down"] as const).map((rating) => (
        <button
          key={rating}
          type="button"
          className={`button button-quiet min-h-9 px-2 ${said.rating === rating ? "bg-accent/12 text-accent" : "text-soft"}`}
          aria-label={LABELS[rating]}
          aria-pressed={said.rating === rating}
          title={LABELS[rating]}
          onClick={() => said.press(rating)}
        >
          <span className={rating === "down" ? "rotate-180" : ""}>
            <Icon name="thumb" size={18} />
          </span>
        </button>
      ))}
    </div>
  );
}

/** What was wrong with the answer, in a line; and what went wrong with saying so. */
export function FeedbackNote({ said }: { said: Said }) {
  return (
    <>
      {said.asking ? <CommentField said={said} /> : null}
      {said.rating === "down" && said.comment ? (
        <p className="text-sm text-soft [overflow-wrap:anywhere]">{m.feedback.said(said.comment)}</p>
      ) : null}
      {said.problem ? (
        <p role="alert" className="text-sm font-medium text-vermilion">
          {said.problem}
        </p>
      ) : null}
    </>
  );
}

function CommentField({ said }: { said: Said }) {
  const id = useId();
  const [draft, setDraft] = useState("");
  const comment = draft.trim();
  return (
    <form
      className="appear flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (comment) said.explain(comment);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") said.leave();
      }}
    >
      <div className="grid min-w-0 flex-1 gap-1.5">
        <label htmlFor={id} className="label">
          {m.feedback.what}
        </label>
        <input
          id={id}
          className="input min-h-10"
          value={draft}
          maxLength={LONGEST}
          autoComplete="off"
          onChange={(event) => setDraft(event.target.value)}
        />
      </div>
      <button type="submit" className="button" disabled={!comment}>
        {m.feedback.send}
      </button>
      <button
        type="button"
        className="button button-quiet -ml-1 px-2"
        aria-label={m.feedback.leave}
        onClick={said.leave}
      >
        <Icon name="close" />
      </button>
    </form>
  );
}
