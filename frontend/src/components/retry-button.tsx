import { Icon } from "@/components/icon";
import { m } from "@/lib/messages";

/** The way out of bad news: once more. */
export function RetryButton({ onRetry, disabled = false }: { onRetry: () => void; disabled?: boolean }) {
  return (
    <button type="button" className="button button-small" disabled={disabled} onClick={onRetry}>
      <Icon name="retry" size={16} /> {m.common.tryAgain}
    </button>
  );
}
