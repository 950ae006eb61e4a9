import { useEffect, useMemo } from "react";
import { Icon } from "@/components/icon";
import { Markdown } from "@/components/markdown";
import { chaptersOf, type Chapter } from "@/features/shop/chapters";
import { m } from "@/lib/messages";
import type { Manual } from "@/lib/types";

interface ManualTextProps {
  manual: Manual;
  onAsk: (message: string) => void;
}

/** A manual, word for word, with its contents and a way to ask about each chapter. */
export function ManualText({ manual, onAsk }: ManualTextProps) {
  const chapters = useMemo(() => chaptersOf(manual.sections), [manual.sections]);
  useEffect(() => {
    // The manual came after the address was read: the browser had nowhere to go yet.
    document.getElementById(window.location.hash.slice(1))?.scrollIntoView();
  }, [chapters]);
  return (
    <article aria-label={m.manual.title} className="card min-w-0 p-5 sm:p-8" data-manual={manual.source}>
      <nav aria-label={m.manual.contents} className="mb-6 flex flex-wrap gap-2">
        {chapters.map(({ name, anchor }) => (
          <a key={anchor} href={`#${anchor}`} className="tag min-h-8 hover:border-steel hover:text-ink">
            {name}
          </a>
        ))}
      </nav>
      <div className="grid grid-cols-1 gap-8">
        {chapters.map((chapter) => (
          <ChapterText
            key={chapter.anchor}
            chapter={chapter}
            onAsk={() => onAsk(m.manual.askSection(chapter.name, manual.weapon.name))}
          />
        ))}
      </div>
      {manual.source ? (
        <p className="mt-8 border-t border-line pt-4 text-sm text-soft">{m.manual.from(manual.source)}</p>
      ) : null}
    </article>
  );
}

function ChapterText({ chapter, onAsk }: { chapter: Chapter; onAsk: () => void }) {
  return (
    <section id={chapter.anchor} aria-label={chapter.name} className="grid scroll-mt-4 grid-cols-1 gap-3">
      <header className="flex flex-wrap items-center justify-between gap-3 border-b border-line pb-2">
        <h2 className="text-xl">{chapter.name}</h2>
        <button type="button" className="button button-quiet button-small -mr-2 text-soft" onClick={onAsk}>
          <Icon name="chat" size={16} /> {m.manual.askAbout}
        </button>
      </header>
      {chapter.parts.map((part, at) => (
        <div key={at} className="grid grid-cols-1 gap-1.5">
          {part.name ? <h3 className="text-[1.05rem]">{part.name}</h3> : null}
          <Markdown text={part.text} />
        </div>
      ))}
    </section>
  );
}
