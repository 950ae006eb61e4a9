import { AssistantRuntimeProvider, ThreadPrimitive } from "@assistant-ui/react";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { Alert } from "@/components/alert";
import { RetryButton } from "@/components/retry-button";
import { useShop } from "@/components/shop-context";
import { Waiting } from "@/components/waiting";
import { Icon } from "@/components/icon";
import { CitationPanel } from "@/features/chat/citation-panel";
import { Composer, type Begun } from "@/features/chat/composer";
import { fateOf, type Fate } from "@/features/chat/conversation";
import { useMarkdownSoon } from "@/features/chat/marked-text";
import { NearTurns } from "@/features/chat/near-turns";
import { Starters } from "@/features/chat/starters";
import { suggestionsFor } from "@/features/chat/suggestions";
import { TalkContext } from "@/features/chat/talk";
import type { Turn } from "@/features/chat/turn";
import { Turns } from "@/features/chat/turns";
import { useChat } from "@/features/chat/use-chat";
import { useRuntime } from "@/features/chat/use-runtime";
import { m } from "@/lib/messages";
import type { ApprovalBlock, Block, Citation, Me } from "@/lib/types";

/** What a block may do in the conversation that it stands in. */
export interface BlockTools {
  /** An answer is on its way: nothing else can be said now. */
  busy: boolean;
  ask: (message: string) => void;
  /** Puts the beginning of a message into the box, to be gone on with. */
  fill: (text: string) => void;
  /** The picture that was asked for last here. */
  lastPicture: string | null;
  fateOf: (approval: ApprovalBlock) => Fate;
  answer: (approvalId: string, approved: boolean) => void;
}

export type DrawBlock = (block: Block, tools: BlockTools) => ReactNode;

export interface ChatPageProps {
  me: Me;
  threadId: string | null;
  /** A question brought from another room; asked once for each new object. */
  question: { text: string } | null;
  /** The beginning of a message brought from another room; put into the box once for each new object. */
  draft: { text: string } | null;
  drawBlock: DrawBlock;
  /** What an empty conversation offers to who has never said anything; gets the way to say something. */
  drawFirst: (say: (message: string) => void) => ReactNode;
  onThread: (threadId: string) => void;
  onBlock: (block: Block) => void;
  onTurnEnd: () => void;
}

/** The conversation. Which component draws which block is the app's business (`drawBlock`). */
export function ChatPage({
  me,
  threadId,
  question,
  draft,
  drawBlock,
  drawFirst,
  onThread,
  onBlock,
  onTurnEnd,
}: ChatPageProps) {
  const { conversation, busy, ask, answer, retry, reload, stopAnswer } = useChat({
    threadId,
    onThread,
    onBlock,
    onTurnEnd,
  });
  const { turns, loading, problem } = conversation;
  useMarkdownSoon();
  const [begun, setBegun] = useState<Begun | null>(draft);
  const [brought, setBrought] = useState(draft);
  if (brought !== draft) {
    setBrought(draft);
    setBegun(draft);
  }
  const { image_model: canPaint } = useShop();
  const scroller = useRef<HTMLDivElement>(null);
  const [near] = useState(() => new NearTurns());
  const joined = turns.map((turn) => turn.key).join(" "); // one string, which no word of an answer changes
  const keys = useMemo(() => (joined ? joined.split(" ") : []), [joined]);
  const drawn = useSyncExternalStore(near.subscribe, () => near.of(keys));
  // assistant-ui looks after every message that it is given, each time.
  const given = useMemo(() => turns.filter((turn) => drawn.includes(turn.key)), [turns, drawn]);
  const suggestions = busy ? [] : suggestionsFor(turns.at(-1), canPaint);
  const [citation, setCitation] = useState<Citation | null>(null);

  const say = useCallback(
    (message: string) => {
      if (!busy) ask(message);
    },
    [busy, ask],
  );
  const asked = useRef<object | null>(null);
  useEffect(() => {
    // Wait until the room is a new conversation: the address changes before this page has followed it.
    const elsewhere = threadId !== null || turns.some((turn) => turn.state === "done" || turn.state === "streaming");
    if (!question || asked.current === question || elsewhere) return;
    asked.current = question;
    ask(question.text);
  }, [question, threadId, turns, ask]);
  const tools: BlockTools = {
    busy,
    ask: say,
    fill: (text) => setBegun({ text }),
    lastPicture: lastPictureOf(turns),
    fateOf: (approval) => fateOf(conversation, approval),
    answer: (approvalId, approved) => {
      if (!busy) answer(approvalId, approved);
    },
  };
  const runtime = useRuntime({
    turns: given,
    busy,
    opening: loading,
    onSay: say,
    onRetry: retry,
    onStop: stopAnswer,
  });
  const talk = {
    threadId,
    busy,
    drawBlock: (block: Block) => drawBlock(block, tools),
    onCite: setCitation,
    onEdit: (text: string) => setBegun({ text, edited: true }),
  };

  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <TalkContext value={talk}>
        <ThreadPrimitive.ViewportProvider>
          <ThreadPrimitive.Root className="relative flex min-h-0 flex-1 flex-col">
            {/* A page without a conversation stays at its head. */}
            <ThreadPrimitive.Viewport
              ref={scroller}
              autoScroll={turns.length > 0}
              className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain"
            >
              <div className="mx-auto flex min-h-full w-full max-w-4xl flex-col px-4 py-6 sm:px-6">
                {loading ? <Waiting label={m.chat.opening} lines={6} /> : null}
                {problem ? <Alert action={<RetryButton onRetry={reload} />}>{problem}</Alert> : null}
                {turns.length === 0 && !loading && !problem ? (
                  <Starters me={me} first={drawFirst(say)} onSay={say} />
                ) : null}
                {turns.length > 0 ? <h1 className="sr-only">{m.chat.title}</h1> : null}
                <div role="log" aria-label={m.chat.log} aria-live="polite">
                  {turns.length > 0 ? <Turns keys={keys} near={near} scroller={scroller} /> : null}
                </div>
                {suggestions.length > 0 ? <Suggestions texts={suggestions} onSay={say} /> : null}
              </div>
            </ThreadPrimitive.Viewport>
            <div className="relative mx-auto w-full max-w-4xl px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-5">
              {turns.length > 0 ? (
                <ThreadPrimitive.ScrollToBottom
                  behavior="instant"
                  className="button absolute -top-13 right-5 size-10 rounded-full px-0 shadow-card disabled:hidden sm:right-10"
                  aria-label={m.chat.newest}
                >
                  <Icon name="down" />
                </ThreadPrimitive.ScrollToBottom>
              ) : null}
              <Composer busy={busy} begun={begun} onSettled={() => setBegun(null)} />
            </div>
            <CitationPanel citation={citation} onClose={() => setCitation(null)} />
          </ThreadPrimitive.Root>
        </ThreadPrimitive.ViewportProvider>
      </TalkContext>
    </AssistantRuntimeProvider>
  );
}

function lastPictureOf(turns: readonly Turn[]): string | null {
  const blocks = turns.flatMap((turn) => turn.pieces.flatMap((piece) => (piece.kind === "block" ? [piece.block] : [])));
  return blocks.findLast((block) => block.type === "image")?.image_id ?? null;
}

function Suggestions({ texts, onSay }: { texts: string[]; onSay: (message: string) => void }) {
  return (
    <ul aria-label={m.chat.next} className="mt-4 flex flex-wrap gap-2" data-suggestions={texts.length}>
      {texts.map((text) => (
        <li key={text}>
          <button
            type="button"
            className="button button-small rounded-full text-left text-accent"
            onClick={() => onSay(text)}
          >
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}
