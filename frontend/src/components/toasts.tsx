import { useEffect } from "react";

export interface Toast {
  id: string;
  text: string;
}

const SHOWN_FOR = 4_500;

/** Short good news above everything, gone by itself; also read out. */
export function Toasts({ toasts, onDrop }: { toasts: Toast[]; onDrop: (id: string) => void }) {
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed top-16 right-3 z-20 sm:top-20 sm:right-4"
    >
      <ul className="grid justify-items-end gap-2">
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} onDrop={onDrop} />
        ))}
      </ul>
    </div>
  );
}

function ToastLine({ toast, onDrop }: { toast: Toast; onDrop: (id: string) => void }) {
  useEffect(() => {
    const timer = window.setTimeout(() => onDrop(toast.id), SHOWN_FOR);
    return () => window.clearTimeout(timer);
  }, [toast.id, onDrop]);
  return (
    <li className="appear card border-gold/50 px-4 py-2 font-display font-extrabold text-gold sm:py-2.5 sm:text-lg">
      {toast.text}
    </li>
  );
}
