import { useId, useState } from "react";
import { Icon } from "@/components/icon";
import { AnswerActions } from "@/features/chat/answer-actions";
import { FeedbackNote, Thumbs } from "@/features/chat/feedback";
import { useFeedback } from "@/features/chat/use-feedback";
import { WhyPanel } from "@/features/chat/why-panel";
import { m } from "@/lib/messages";
import type { Feedback, Specialist } from "@/lib/types";

interface AnswerFootProps {
  threadId: string;
  turnId: string;
  route: Specialist[];
  feedback: Feedback | null;
}

/** Below an answer: why it is as it is where the Coach spoke, what can be done with it, what the slayer thinks of it. */
export function AnswerFoot({ threadId, turnId, route, feedback }: AnswerFootProps) {
  const said = useFeedback(turnId, feedback);
  const [open, setOpen] = useState(false);
  const whyId = useId();
  return (
    <footer className="-mb-1 grid gap-3 sm:-mb-2">
      <div className="flex flex-wrap items-center gap-1">
        {route.includes("coach") ? (
          <button
            type="button"
            className="button button-quiet -ml-2 min-h-9 gap-1 px-2 text-sm text-soft"
            aria-expanded={open}
            aria-controls={whyId}
            onClick={() => setOpen(!open)}
          >
            {m.why.open}
            <span className={`transition-transform ${open ? "rotate-180" : ""}`}>
              <Icon name="fold" size={16} />
            </span>
          </button>
        ) : null}
        <span className="-mr-2 ml-auto flex">
          <AnswerActions />
          <Thumbs said={said} />
        </span>
      </div>
      <FeedbackNote said={said} />
      {/* Not read out when it opens: whoever opened it reads it when they like. */}
      <div id={whyId} hidden={!open} aria-live="off">
        {open ? <WhyPanel threadId={threadId} turnId={turnId} /> : null}
      </div>
    </footer>
  );
}
