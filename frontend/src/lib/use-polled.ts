import { useEffect, useState } from "react";
import { ApiError, get, isAbort } from "@/lib/api";

const FIRST_WAIT = 700;
const LONGEST_WAIT = 8_000;

interface Polled<T> {
  state: T;
  /** The API's words when it knows nothing of it. */
  gone: string | null;
  setState: (state: T) => void;
}

/** What GET `path` gives, asked again now and then until it is settled; `setState` tells it what is known from elsewhere. */
export function usePolled<T>(path: string, first: T, settled: (state: T) => boolean): Polled<T> {
  const [state, setState] = useState(first);
  const [gone, setGone] = useState<string | null>(null);
  const done = gone !== null || settled(state);

  useEffect(() => {
    if (done) return;
    const controller = new AbortController();
    let wait = FIRST_WAIT;
    let timer = 0;
    const look = async () => {
      try {
        const seen = await get<T>(path, { signal: controller.signal });
        if (!controller.signal.aborted) setState(seen);
      } catch (error) {
        if (isAbort(error)) return;
        if (error instanceof ApiError && error.status === 404) {
          setGone(error.message);
          return;
        }
        // Anything else may pass: the next look tells.
      }
      timer = window.setTimeout(() => void look(), wait);
      wait = Math.min(wait * 1.4, LONGEST_WAIT);
    };
    void look();
    return () => {
      controller.abort();
      window.clearTimeout(timer);
    };
  }, [done, path]);

  return { state, gone, setState };
}
