import { useEffect, useRef, type MouseEvent, type RefObject } from "react";

interface Modal {
  ref: RefObject<HTMLDialogElement | null>;
  onClose: () => void;
  onClick: (event: MouseEvent) => void;
}

/** What makes a dialog modal while `open` holds: Escape and a click outside close it. */
export function useModal(open: boolean, onClose: () => void): Modal {
  const ref = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  function onClick(event: MouseEvent) {
    if (event.target === event.currentTarget) onClose();
  }

  return { ref, onClose, onClick };
}
