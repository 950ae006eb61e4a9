import { useId, useState } from "react";
import { Icon } from "@/components/icon";
import { FeedbackNote, Thumbs } from "@/features/chat/feedback";
import { useFeedback } from "@/features/chat/use-feedback";
import { WhyPanel } from "@/features/chat/why-panel";
import type { Feedback, Specialist } from "@/lib/types";

interface AnswerFootProps {
  threadId: string;
  turnId: string;
  route: Specialist[];
  feedback: Feedback | null;
}

/** Below an answer: what the slayer thinks of it and, where the Coach spoke, why it is as it is. */
export function AnswerFoot({ threadId, turnId, route, feedback }: AnswerFootProps) {
  const said = useFeedback(turnId, feedback);
  const [open, setOpen] = useState(false);
  const whyId = useId();
  return (
    <footer className="-mb-1 grid gap-3 sm:-mb-2">
      <div className="flex items-center gap-1">
        {route.includes("coach") ? (
          <button
            type="button"
            className="button button-quiet -ml-2 min-h-9 gap-1 px-2 text-sm text-soft"
            aria-expanded={open}
            aria-controls={whyId}
            onClick={() => setOpen(!open)}
          >
            Why this answer?
            <span className={`transition-transform ${open ? "rotate-180" : ""}`}>
              <Icon name="fold" size={16} />
            </span>
          </button>
        ) : null}
        <Thumbs said={said} />
      </div>
      <FeedbackNote said={said} />
      {/* Not read out when it opens: whoever opened it reads it when they like. */}
      <div id={whyId} hidden={!open} aria-live="off">
        {open ? <WhyPanel threadId={threadId} turnId={turnId} /> : null}
      </div>
    </footer>
  );
}
