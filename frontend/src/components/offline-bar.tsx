import { useSyncExternalStore } from "react";
import { Icon } from "@/components/icon";
import { m } from "@/lib/messages";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Says so while the browser has no network; nothing is lost meanwhile. */
export function OfflineBar() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {online ? null : (
        <p className="flex items-center justify-center gap-2 bg-vermilion/12 px-4 py-1.5 text-sm" data-offline>
          <Icon name="warning" size={16} /> {m.rooms.offline}
        </p>
      )}
    </div>
  );
}
