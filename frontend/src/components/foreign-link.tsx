import { useId, useRef, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { SheetHead } from "@/components/sheet-head";
import { useModal } from "@/components/use-modal";
import { m } from "@/lib/messages";

/** A link that leaves the shop: it asks before it goes, and says where it really leads. */
export function ForeignLink({ to, children }: { to: URL; children: ReactNode }) {
  const [asked, setAsked] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  function stay() {
    setAsked(false);
    opener.current?.focus();
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="inline cursor-pointer text-left text-accent underline decoration-dotted [overflow-wrap:anywhere]"
        aria-haspopup="dialog"
        data-foreign={to.host}
        onClick={() => setAsked(true)}
      >
        {children}
        <span className="sr-only"> {m.foreign.leaves}</span>
        <span aria-hidden="true"> ↗</span>
      </button>
      {/* Not inside the paragraph that the link stands in. */}
      {asked ? createPortal(<Warning to={to} onStay={stay} />, document.body) : null}
    </>
  );
}

function Warning({ to, onStay }: { to: URL; onStay: () => void }) {
  const modal = useModal(true, onStay);
  const titleId = useId();
  return (
    <dialog
      {...modal}
      className="panel m-auto max-h-[85dvh] w-[min(32rem,92vw)] overflow-y-auto rounded-2xl border border-line bg-sheet p-0 text-ink shadow-card"
      aria-labelledby={titleId}
      data-leaving={to.host}
    >
      <div className="grid gap-4 p-5">
        <SheetHead titleId={titleId} title={m.foreign.title} onClose={onStay} className="gap-4" />
        <p>{m.foreign.about}</p>
        <p className="rounded-lg bg-well p-3 [overflow-wrap:anywhere]">
          {/* As the browser understands it: letters of other scripts that look like ours are spelled out. */}
          <strong className="block text-lg">{to.host}</strong>
          <span className="text-sm text-soft">{to.href}</span>
        </p>
        <div className="flex flex-wrap gap-2">
          <button type="button" className="button button-strong" autoFocus onClick={onStay}>
            {m.foreign.stay}
          </button>
          <a
            href={to.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            referrerPolicy="no-referrer"
            className="button"
            onClick={onStay}
          >
            {m.foreign.go(to.host)}
          </a>
        </div>
      </div>
    </dialog>
  );
}
