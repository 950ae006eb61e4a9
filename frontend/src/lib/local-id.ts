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

/** A random UUID (version 4): the id of a message or a conversation before the dojo has heard of it. */
export function freshUuid(): string {
  const key = freshKey();
  const variant = ((parseInt(key.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [key.slice(0, 8), key.slice(8, 12), `4${key.slice(13, 16)}`, variant + key.slice(17, 20), key.slice(20)].join(
    "-",
  );
}
