import type { ReactNode } from "react";
import { Icon } from "@/components/icon";
import { m } from "@/lib/messages";

interface SheetHeadProps {
  titleId: string;
  title: ReactNode;
  onClose: () => void;
  className: string;
}

/** The title of a dialog, and the way out of it. */
export function SheetHead({ titleId, title, onClose, className }: SheetHeadProps) {
  return (
    <div className={`flex items-start justify-between ${className}`}>
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
  );
}
