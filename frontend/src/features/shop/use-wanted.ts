import { useCallback, useEffect, useState } from "react";
import { useSearchParams } from "wouter";
import { addressOf, wantedIn, type Wanted } from "@/features/shop/wanted";

const TYPING_PAUSE = 220;

/**
 * What is looked for. The fields change at once (`draft`); the address, and with it the search (`wanted`), after a pause in
 * typing, so that the back button does not spell a word letter by letter.
 */
export function useWanted() {
  const [address, setAddress] = useSearchParams();
  const wanted = wantedIn(address);
  const [draft, setDraft] = useState(wanted);
  const written = addressOf(draft).toString();
  const standing = addressOf(wanted).toString();

  // The back button, or a link, has changed the address: the fields follow.
  const [seen, setSeen] = useState(standing);
  if (seen !== standing) {
    setSeen(standing);
    if (written !== standing)
      setDraft({ ...wanted, search: draft.search.trim() === wanted.search ? draft.search : wanted.search });
  }

  useEffect(() => {
    if (written === standing) return;
    const timer = window.setTimeout(() => setAddress(new URLSearchParams(written), { replace: true }), TYPING_PAUSE);
    return () => window.clearTimeout(timer);
  }, [written, standing, setAddress]);

  /** Another filter begins at the first page again. */
  const change = useCallback((part: Partial<Wanted>) => setDraft((before) => ({ ...before, page: 1, ...part })), []);
  return { wanted, draft, change };
}
