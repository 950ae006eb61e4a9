let last = 0;

/** A name that is unique on this page. (crypto.randomUUID exists only on https and localhost.) */
export function localId(): string {
  last += 1;
  return `local-${last}`;
}
