import { useEffect, useId, useRef, type ReactNode } from "react";
import { Icon } from "@/components/icon";
import { m } from "@/lib/messages";

interface PanelProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  side?: "left" | "right";
  /** More room, for a form or a comparison. */
  wide?: boolean;
  children: ReactNode;
}

const SIDES = {
  left: "mr-auto h-dvh max-h-none w-[min(20rem,88vw)] border-r [--from-x:-2rem]",
  right:
    "mt-auto max-h-[85dvh] w-screen max-w-none rounded-t-2xl border-t [--from-x:0] [--from-y:2rem] sm:mt-0 sm:ml-auto sm:h-dvh sm:max-h-none sm:rounded-none sm:border-t-0 sm:border-l sm:[--from-x:2rem] sm:[--from-y:0]",
};

/** A sheet over the page: beside it on a wide screen, from below on a phone. Escape and a click outside close it. */
export function Panel({ open, onClose, title, side = "right", wide = false, children }: PanelProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      className={`panel overflow-y-auto border-line bg-sheet p-0 text-ink shadow-card ${SIDES[side]} ${wide ? "sm:w-[min(46rem,92vw)]" : side === "right" ? "sm:w-[26rem]" : ""}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="flex min-h-full flex-col p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))]">
        <div className="mb-4 flex items-start justify-between gap-4">
          <h2 id={titleId} className="text-lg">
            {title}
          </h2>
          <button
            type="button"
            className="button button-quiet -mt-2 -mr-2 px-2"
            onClick={onClose}
            aria-label={m.common.close}
          >
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
