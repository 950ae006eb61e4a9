import { MessagePrimitive, ThreadPrimitive } from "@assistant-ui/react";
import { Icon } from "@/components/icon";
import { AnswerView } from "@/features/chat/answer-view";
import { useTalk, useTurn } from "@/features/chat/talk";
import { m } from "@/lib/messages";

// eslint-disable-next-line @typescript-eslint/no-deprecated -- not final in the library, whose version is pinned
const { Unstable_MessageById: MessageById } = ThreadPrimitive;

const ANSWER = { Message: AnswerView };

/** What the slayer said, which is the message that is being drawn, and below it what the dojo answered. */
export function TurnView() {
  const turn = useTurn();
  const { busy, onEdit } = useTalk();
  return (
    <div className="grid grid-cols-1 gap-3" data-turn={turn.state}>
      <MessagePrimitive.Root className="group flex max-w-[92%] items-center gap-1 justify-self-end sm:max-w-[85%]">
        {turn.resume ? null : (
          <button
            type="button"
            className="button button-quiet size-9 min-h-9 shrink-0 px-0 text-soft transition-opacity group-hover:opacity-100 focus-visible:opacity-100 pointer-fine:opacity-0"
            aria-label={m.chat.edit}
            title={m.chat.edit}
            disabled={busy}
            onClick={() => onEdit(turn.message)}
          >
            <Icon name="edit" size={16} />
          </button>
        )}
        <p className="min-w-0 rounded-2xl rounded-br-sm bg-accent px-4 py-2.5 whitespace-pre-wrap text-on-accent [overflow-wrap:anywhere]">
          <span className="sr-only">{m.chat.youSaid}</span>
          {turn.message}
        </p>
      </MessagePrimitive.Root>
      <MessageById messageId={turn.key} components={ANSWER} />
    </div>
  );
}
