import { m } from "@/lib/messages";
import { useState } from "react";
import { Icon } from "@/components/icon";

/** Deletes after asking once more, in place. */
export function DeleteButton({ onDelete }: { onDelete: () => void }) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button type="button" className="button min-h-9 px-3 text-sm" onClick={() => setAsking(true)}>
        <Icon name="bin" size={16} /> {m.pictures.remove}
      </button>
    );
  return (
    <span role="group" aria-label={m.pictures.removeSure} className="flex flex-wrap items-center gap-2">
      <button type="button" autoFocus className="button min-h-9 px-3 text-sm text-vermilion" onClick={onDelete}>
        {m.pictures.removeYes}
      </button>
      <button type="button" className="button min-h-9 px-3 text-sm" onClick={() => setAsking(false)}>
        {m.pictures.keep}
      </button>
    </span>
  );
}
