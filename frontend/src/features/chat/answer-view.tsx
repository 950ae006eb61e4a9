import { ActionBarPrimitive, MessagePrimitive } from "@assistant-ui/react";
import { useCallback } from "react";
import { Alert } from "@/components/alert";
import { Icon } from "@/components/icon";
import { AnswerFoot } from "@/features/chat/answer-foot";
import { MarkedText } from "@/features/chat/marked-text";
import { SPECIALISTS } from "@/features/chat/specialists";
import { useTalk, useTurn } from "@/features/chat/talk";
import type { Turn } from "@/features/chat/turn";
import { sourceTitle } from "@/lib/format";
import type { Block, Citation } from "@/lib/types";
import { m } from "@/lib/messages";

/** What the dojo answered: the message that is being drawn. */
export function AnswerView() {
  const turn = useTurn();
  const { threadId, onCite } = useTalk();
  const forming = turn.state === "streaming" || turn.state === "running";
  return (
    <MessagePrimitive.Root asChild>
      <article
        aria-busy={forming}
        aria-label={m.chat.answer}
        className="grid min-w-0 gap-4 rounded-2xl rounded-tl-sm border border-line bg-sheet p-4 shadow-card sm:p-5"
      >
        {turn.route.length > 0 ? <Route turn={turn} /> : null}
        <MessagePrimitive.Parts>
          {({ part }) => {
            if (part.type === "text") return <Words text={part.text} />;
            return part.type === "data" ? <Card block={part.data as Block} /> : <></>;
          }}
        </MessagePrimitive.Parts>
        {forming ? <Working turn={turn} /> : null}
        {turn.state === "stopped" ? (
          <p className="flex flex-wrap items-center gap-3 text-soft">
            {m.chat.stopped} <Retry />
          </p>
        ) : null}
        {turn.problem ? <Alert action={<Retry />}>{turn.problem.detail ?? turn.problem.title}</Alert> : null}
        {turn.citations.length > 0 ? <Sources citations={turn.citations} onCite={onCite} /> : null}
        {turn.id && threadId ? (
          <AnswerFoot threadId={threadId} turnId={turn.id} route={turn.route} feedback={turn.feedback} />
        ) : null}
      </article>
    </MessagePrimitive.Root>
  );
}

function Words({ text }: { text: string }) {
  const { citations } = useTurn();
  const { onCite } = useTalk();
  const cite = useCallback(
    (n: number) => <CiteChip n={n} citation={citations.find((one) => one.n === n)} onCite={onCite} />,
    [citations, onCite],
  );
  // An answer that has no words yet is one empty part to assistant-ui.
  return text ? <MarkedText text={text} cite={cite} /> : <></>;
}

function Card({ block }: { block: Block }) {
  const { drawBlock } = useTalk();
  return <div className="appear min-w-0">{drawBlock(block)}</div>;
}

/** Once more; not while another answer is on its way. */
function Retry() {
  return (
    <ActionBarPrimitive.Reload className="button button-small">
      <Icon name="retry" size={16} /> {m.common.tryAgain}
    </ActionBarPrimitive.Reload>
  );
}

/** Who acted, in order, and discreetly which engine put the words together. */
function Route({ turn }: { turn: Turn }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <ul className="flex flex-wrap gap-x-4 gap-y-1" aria-label={m.chat.acted}>
        {turn.route.map((name) => {
          const { label, icon, tone } = SPECIALISTS[name];
          return (
            <li key={name} className="inline-flex items-center gap-1.5 font-medium">
              <span className={tone}>
                <Icon name={icon} size={17} />
              </span>
              {label}
            </li>
          );
        })}
      </ul>
      {turn.engine ? (
        <span className="ml-auto text-xs text-soft" title={m.chat.engine}>
          {turn.engine}
        </span>
      ) : null}
    </div>
  );
}

function Working({ turn }: { turn: Turn }) {
  const words = turn.status?.text ?? (turn.pieces.length === 0 ? m.chat.listening : null);
  return (
    <p className="flex min-h-6 items-center gap-3 text-soft" role="status">
      <span aria-hidden="true" className="brush" />
      {words ?? <span className="sr-only">{m.chat.goesOn}</span>}
    </p>
  );
}

interface CiteChipProps {
  n: number;
  citation: Citation | undefined;
  onCite: (citation: Citation) => void;
}

function CiteChip({ n, citation, onCite }: CiteChipProps) {
  return (
    <button
      type="button"
      className="chip"
      disabled={!citation}
      aria-label={
        citation ? m.sources.sourceOf(n, sourceTitle(citation.source), citation.section) : m.sources.source(n)
      }
      onClick={() => {
        if (citation) onCite(citation);
      }}
    >
      {n}
    </button>
  );
}

function Sources({ citations, onCite }: { citations: Citation[]; onCite: (citation: Citation) => void }) {
  return (
    <div className="border-t border-line pt-3">
      <h2 className="sr-only">{m.sources.title}</h2>
      <ol className="flex flex-wrap gap-2">
        {citations.map((citation) => (
          <li key={citation.n}>
            <button
              type="button"
              className="tag min-h-8 hover:border-steel hover:text-ink"
              onClick={() => onCite(citation)}
            >
              <span className="font-bold text-accent">{citation.n}</span>
              {sourceTitle(citation.source)} · {citation.section}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
