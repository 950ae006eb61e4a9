import { Link } from "wouter";
import { Icon } from "@/components/icon";
import { Panel } from "@/components/panel";
import { MarkedText } from "@/features/chat/marked-text";
import { sourceTitle } from "@/lib/format";
import type { Citation } from "@/lib/types";
import { m } from "@/lib/messages";
import { anchorOf, manualSlug, weaponPlace } from "@/lib/places";

interface CitationPanelProps {
  citation: Citation | null;
  onClose: () => void;
}

/** The passage behind a citation, word for word. */
export function CitationPanel({ citation, onClose }: CitationPanelProps) {
  const slug = citation ? manualSlug(citation.source) : null;
  return (
    <Panel open={citation !== null} onClose={onClose} title={citation ? m.sources.source(citation.n) : ""}>
      {citation ? (
        <div className="grid gap-4" data-citation={citation.n}>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            <dt className="text-soft">{m.sources.from}</dt>
            <dd className="font-bold">{sourceTitle(citation.source)}</dd>
            <dt className="text-soft">{m.sources.section}</dt>
            <dd>{citation.section}</dd>
            <dt className="text-soft">{m.sources.file}</dt>
            <dd className="[overflow-wrap:anywhere] text-soft">{citation.source}</dd>
          </dl>
          {slug ? (
            <Link
              href={`${weaponPlace(slug)}#${anchorOf(citation.section)}`}
              className="button button-small w-fit"
              onClick={onClose}
            >
              <Icon name="book" size={16} /> {m.sources.manual}
            </Link>
          ) : null}
          <div className="rounded-lg border-l-3 border-accent bg-paper p-4">
            <MarkedText text={citation.text} />
          </div>
        </div>
      ) : null}
    </Panel>
  );
}
