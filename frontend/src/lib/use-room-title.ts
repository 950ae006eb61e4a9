import { useEffect } from "react";

const SHOP = "HashiraMart";

/** Names the room in the browser's tab and history. */
export function useRoomTitle(title: string | null): void {
  useEffect(() => {
    document.title = title ? `${title} · ${SHOP}` : SHOP;
  }, [title]);
}
