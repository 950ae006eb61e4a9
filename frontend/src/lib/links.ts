// Where a link in somebody's text leads. Pure functions.

export type Destination = { kind: "ours"; href: string } | { kind: "foreign"; url: URL } | { kind: "none" };

/**
 * What may be done with a link's address, which whoever wrote the text chose.
 *
 * Ours: "#drills", or a path of this shop. Foreign: http and https to elsewhere, to be warned of. Everything else
 * (javascript:, data:, mailto:, what is no address) leads nowhere.
 */
export function destinationOf(href: string | undefined, origin: string): Destination {
  if (!href) return { kind: "none" };
  let url: URL;
  try {
    // By the browser's own reading: it skips tabs and takes "\" for "/", so that "/\t/evil.example" is not ours.
    url = new URL(href, origin);
  } catch {
    return { kind: "none" };
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return { kind: "none" };
  if (url.origin !== origin) return { kind: "foreign", url };
  return href.startsWith("#") || href.startsWith("/") ? { kind: "ours", href } : { kind: "none" };
}
