import { createContext, use, useCallback, useEffect, useState, type ReactNode } from "react";
import { localId } from "@/lib/local-id";
import { m } from "@/lib/messages";

interface Toast {
  id: string;
  text: string;
}

const SHOWN_FOR = 4_500;

const ToastContext = createContext<((text: string) => void) | null>(null);

/** Says something good, or something done, above everything. */
export function useToast(): (text: string) => void {
  const tell = use(ToastContext);
  if (!tell) throw new Error("useToast needs a ToastProvider above it.");
  return tell;
}

/** Short news above everything, gone by itself; also read out. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const tell = useCallback((text: string) => setToasts((before) => [...before, { id: localId(), text }]), []);
  const drop = useCallback((id: string) => setToasts((before) => before.filter((toast) => toast.id !== id)), []);
  return (
    <ToastContext value={tell}>
      {children}
      <div
        role="status"
        aria-live="polite"
        aria-label={m.toast.list}
        className="pointer-events-none fixed top-16 right-3 z-20 sm:top-20 sm:right-4"
      >
        <ul className="grid justify-items-end gap-2">
          {toasts.map((toast) => (
            <ToastLine key={toast.id} toast={toast} onDrop={drop} />
          ))}
        </ul>
      </div>
    </ToastContext>
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
