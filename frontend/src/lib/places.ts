// The page's addresses. None of them is an address of the API (/staff is the page's, what is below it the API's): the API, or the small web server before it, answers every
// other one with the page (api/page.py, nginx.conf).

export const PLACES = {
  newChat: "/",
  armoury: "/armoury",
  gallery: "/gallery",
  orders: "/receipts",
  slayer: "/slayer",
  ranking: "/ranking",
  staff: "/staff",
} as const;

export function threadPlace(threadId: string): string {
  return `/t/${encodeURIComponent(threadId)}`;
}

export function weaponPlace(slug: string): string {
  return `${PLACES.armoury}/${encodeURIComponent(slug)}`;
}

/** The conversation of an address: its id, null for a new one, undefined when the address is no conversation. */
export function threadIn(path: string): string | null | undefined {
  if (path === PLACES.newChat) return null;
  const id = /^\/t\/([^/]+)\/?$/.exec(path)?.[1];
  if (id === undefined) return undefined;
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

/** The weapon's slug of a source such as manuals/heron-spear.md; null for a guide. */
export function manualSlug(source: string): string | null {
  return /^manuals\/([a-z0-9-]+)\.md$/.exec(source)?.[1] ?? null;
}

/** Where a heading stands on its page: "Maintenance > Intervals" -> "maintenance", for what is looked up by its chapter. */
export function anchorOf(heading: string): string {
  return (heading.split(" > ")[0] ?? heading)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
