import { Markdown } from "@/components/markdown";
import { Panel } from "@/components/panel";
import { sourceTitle } from "@/lib/format";
import type { Citation } from "@/lib/types";

interface CitationPanelProps {
  citation: Citation | null;
  onClose: () => void;
}

/** The passage behind a citation, word for word. */
export function CitationPanel({ citation, onClose }: CitationPanelProps) {
  return (
    <Panel open={citation !== null} onClose={onClose} title={citation ? `Source ${citation.n}` : ""}>
      {citation ? (
        <div className="grid gap-4" data-citation={citation.n}>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            <dt className="text-soft">From</dt>
            <dd className="font-bold">{sourceTitle(citation.source)}</dd>
            <dt className="text-soft">Section</dt>
            <dd>{citation.section}</dd>
            <dt className="text-soft">File</dt>
            <dd className="[overflow-wrap:anywhere] text-soft">{citation.source}</dd>
          </dl>
          <div className="rounded-lg border-l-3 border-accent bg-paper p-4">
            <Markdown text={citation.text} />
          </div>
        </div>
      ) : null}
    </Panel>
  );
}
