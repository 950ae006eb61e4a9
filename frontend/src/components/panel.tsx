import { useId, type ReactNode } from "react";
import { SheetHead } from "@/components/sheet-head";
import { useModal } from "@/components/use-modal";

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
  const modal = useModal(open, onClose);
  const titleId = useId();

  return (
    <dialog
      {...modal}
      className={`panel overflow-y-auto border-line bg-sheet p-0 text-ink shadow-card ${SIDES[side]} ${wide ? "sm:w-[min(46rem,92vw)]" : side === "right" ? "sm:w-[26rem]" : ""}`}
      aria-labelledby={titleId}
    >
      <div className="flex min-h-full flex-col p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))]">
        <SheetHead titleId={titleId} title={title} onClose={onClose} className="mb-4 gap-4" />
        {children}
      </div>
    </dialog>
  );
}
