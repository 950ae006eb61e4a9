import { useCallback, type ReactNode } from "react";
import { Alert } from "@/components/alert";
import { Icon } from "@/components/icon";
import { Markdown } from "@/components/markdown";
import { AnswerFoot } from "@/features/chat/answer-foot";
import { SPECIALISTS } from "@/features/chat/specialists";
import type { Turn } from "@/features/chat/turn";
import { sourceTitle } from "@/lib/format";
import type { Block, Citation } from "@/lib/types";

interface TurnViewProps {
  turn: Turn;
  threadId: string | null;
  drawBlock: (block: Block) => ReactNode;
  onCite: (citation: Citation) => void;
  onRetry: (turn: Turn) => void;
  /** No retry while another answer is on its way. */
  busy: boolean;
}

/** What the slayer said and what the dojo answered. */
export function TurnView({ turn, threadId, drawBlock, onCite, onRetry, busy }: TurnViewProps) {
  const { citations } = turn;
  const cite = useCallback(
    (n: number) => <CiteChip n={n} citation={citations.find((one) => one.n === n)} onCite={onCite} />,
    [citations, onCite],
  );
  const retry = (
    <button type="button" className="button min-h-9 px-3 text-sm" disabled={busy} onClick={() => onRetry(turn)}>
      <Icon name="retry" size={16} /> Try again
    </button>
  );

  return (
    <li className="grid gap-3" data-turn={turn.state}>
      <p className="max-w-[85%] justify-self-end rounded-2xl rounded-br-sm bg-accent px-4 py-2.5 whitespace-pre-wrap text-on-accent [overflow-wrap:anywhere]">
        <span className="sr-only">You said: </span>
        {turn.message}
      </p>
      <article
        aria-busy={turn.state === "streaming"}
        aria-label="The dojo's answer"
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
        {turn.state === "streaming" ? <Working turn={turn} /> : null}
        {turn.state === "stopped" ? (
          <p className="flex flex-wrap items-center gap-3 text-soft">Stopped. {retry}</p>
        ) : null}
        {turn.problem ? <Alert action={retry}>{turn.problem.detail ?? turn.problem.title}</Alert> : null}
        {turn.citations.length > 0 ? <Sources citations={turn.citations} onCite={onCite} /> : null}
        {turn.id && threadId ? (
          <AnswerFoot threadId={threadId} turnId={turn.id} route={turn.route} feedback={turn.feedback} />
        ) : null}
      </article>
    </li>
  );
}

/** Who acted, in order, and discreetly which engine put the words together. */
function Route({ turn }: { turn: Turn }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <ul className="flex flex-wrap gap-x-4 gap-y-1" aria-label="Specialists who acted">
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
        <span className="ml-auto text-xs text-soft" title="Which engine planned and worded this answer">
          {turn.engine}
        </span>
      ) : null}
    </div>
  );
}

function Working({ turn }: { turn: Turn }) {
  const words = turn.status?.text ?? (turn.pieces.length === 0 ? "The dojo is listening…" : null);
  return (
    <p className="flex min-h-6 items-center gap-3 text-soft" role="status">
      <span aria-hidden="true" className="brush" />
      {words ?? <span className="sr-only">The answer goes on</span>}
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
      aria-label={citation ? `Source ${n}: ${sourceTitle(citation.source)}, ${citation.section}` : `Source ${n}`}
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
      <h2 className="sr-only">Sources</h2>
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
