let last = 0;

/** A name that is unique on this page. (crypto.randomUUID exists only on https and localhost.) */
export function localId(): string {
  last += 1;
  return `local-${last}`;
}

/** A name that no other page has either, such as an order's key; the same on http, where randomUUID is missing. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
