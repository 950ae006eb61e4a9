import { useSyncExternalStore } from "react";

export type Place = { name: "chat"; threadId: string | null } | { name: "armoury" } | { name: "gallery" };

/** "#/t/<id>" is a conversation, "#/armoury" the catalogue, "#/gallery" the slayer's pictures, anything else a new conversation. */
export function placeOf(hash: string): Place {
  const path = hash.replace(/^#\/?/, "");
  if (path === "armoury" || path === "gallery") return { name: path };
  const thread = /^t\/([^/]+)$/.exec(path)?.[1];
  return { name: "chat", threadId: thread ? decodeURIComponent(thread) : null };
}

export function hashOf(place: Place): string {
  if (place.name !== "chat") return `#/${place.name}`;
  return place.threadId ? `#/t/${encodeURIComponent(place.threadId)}` : "#/";
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** The part of the address after #, and a way to change it: with `replace` the back button skips the old place. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash);
}

export function goTo(place: Place, { replace = false } = {}): void {
  const hash = hashOf(place);
  if (window.location.hash === hash) return;
  if (replace) {
    window.history.replaceState(null, "", hash);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    window.location.hash = hash;
  }
}
