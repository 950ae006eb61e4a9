import { useCallback, type ReactNode } from "react";
import { Alert } from "@/components/alert";
import { Icon } from "@/components/icon";
import { RetryButton } from "@/components/retry-button";
import { Markdown } from "@/components/markdown";
import { AnswerFoot } from "@/features/chat/answer-foot";
import { SPECIALISTS } from "@/features/chat/specialists";
import { plainText, type Turn } from "@/features/chat/turn";
import { sourceTitle } from "@/lib/format";
import type { Block, Citation } from "@/lib/types";
import { m } from "@/lib/messages";

interface TurnViewProps {
  turn: Turn;
  threadId: string | null;
  drawBlock: (block: Block) => ReactNode;
  onCite: (citation: Citation) => void;
  onRetry: (turn: Turn) => void;
  /** Takes what was said to the message box, to be changed and sent again. */
  onEdit: (message: string) => void;
  /** No retry while another answer is on its way. */
  busy: boolean;
}

/** What the slayer said and what the dojo answered. */
export function TurnView({ turn, threadId, drawBlock, onCite, onRetry, onEdit, busy }: TurnViewProps) {
  const { citations } = turn;
  const cite = useCallback(
    (n: number) => <CiteChip n={n} citation={citations.find((one) => one.n === n)} onCite={onCite} />,
    [citations, onCite],
  );
  const retry = <RetryButton disabled={busy} onRetry={() => onRetry(turn)} />;
  const forming = turn.state === "streaming" || turn.state === "running";

  return (
    <li className="grid grid-cols-1 gap-3" data-turn={turn.state}>
      <div className="group flex max-w-[92%] items-center gap-1 justify-self-end sm:max-w-[85%]">
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
      </div>
      <article
        aria-busy={forming}
        aria-label={m.chat.answer}
        className="grid min-w-0 gap-4 rounded-2xl rounded-tl-sm border border-line bg-sheet p-4 shadow-card sm:p-5"
      >
        {turn.route.length > 0 ? <Route turn={turn} /> : null}
        {turn.pieces.map((piece, index) =>
          piece.kind === "text" ? (
            <Markdown key={index} text={piece.text} cite={cite} />
          ) : (
            <div key={index} className="appear min-w-0">
              {drawBlock(piece.block)}
            </div>
          ),
        )}
        {forming ? <Working turn={turn} /> : null}
        {turn.state === "stopped" ? (
          <p className="flex flex-wrap items-center gap-3 text-soft">
            {m.chat.stopped} {retry}
          </p>
        ) : null}
        {turn.problem ? <Alert action={retry}>{turn.problem.detail ?? turn.problem.title}</Alert> : null}
        {turn.citations.length > 0 ? <Sources citations={turn.citations} onCite={onCite} /> : null}
        {turn.id && threadId ? (
          <AnswerFoot
            threadId={threadId}
            turnId={turn.id}
            route={turn.route}
            text={plainText(turn)}
            feedback={turn.feedback}
          />
        ) : null}
      </article>
    </li>
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
