import { useCallback, useEffect, useState } from "react";
import { ApiError, get, isAbort, messageOf, post, send } from "@/lib/api";
import { pause } from "@/lib/pause";
import { hasEnded } from "@/lib/picture";
import { readEvents } from "@/lib/sse";
import type { ImageState } from "@/lib/types";

const FIRST_WAIT = 700;
const LONGEST_WAIT = 5_000;
// A browser opens six connections to one origin: a page full of pictures must leave some for everything else.
const MOST_STREAMS = 2;

let streams = 0;

export interface Watched {
  /** Null until the API has told of it. */
  state: ImageState | null;
  /** The API's words when it knows nothing of it. */
  gone: string | null;
  /** Why it could not be cancelled. */
  problem: string | null;
  cancel: () => void;
}

/**
 * How the picture at `path` goes, until it has ended: told by its stream while it is being painted or comes next, else asked
 * for now and then. What breaks off is taken up again.
 */
export function usePicture(path: string, first: ImageState | null = null): Watched {
  const [state, setState] = useState(first);
  const [gone, setGone] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const over = gone !== null || (state !== null && hasEnded(state));

  useEffect(() => {
    if (over) return;
    const controller = new AbortController();
    const { signal } = controller;
    const tell = (seen: ImageState) => {
      if (!signal.aborted) setState(seen);
    };
    watch(path, tell, signal).catch((error: unknown) => {
      if (!isAbort(error) && !signal.aborted) setGone(messageOf(error));
    });
    return () => controller.abort();
  }, [over, path]);

  const cancel = useCallback(() => {
    setProblem(null);
    post<ImageState>(`${path}/cancel`, {}).then(setState, (error: unknown) => setProblem(messageOf(error)));
  }, [path]);

  return { state, gone, problem, cancel };
}

/** Tells of a picture until it has ended. Throws ApiError when there is none, AbortError when nobody looks any more. */
async function watch(path: string, tell: (state: ImageState) => void, signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT;
  for (;;) {
    try {
      const seen = await get<ImageState>(path, { signal });
      tell(seen);
      if (hasEnded(seen) || (worthAStream(seen) && (await follow(seen.events, tell, signal)))) return;
    } catch (error) {
      if (isAbort(error) || (error instanceof ApiError && error.status === 404)) throw error;
      // Anything else may pass: the next look tells.
    }
    await pause(wait, signal);
    wait = Math.min(wait * 1.4, LONGEST_WAIT);
  }
}

function worthAStream(state: ImageState): boolean {
  return streams < MOST_STREAMS && (state.status === "painting" || state.place === 1);
}

/** Passes on what the stream says; whether it told of the end. */
async function follow(path: string, tell: (state: ImageState) => void, signal: AbortSignal): Promise<boolean> {
  streams += 1;
  try {
    const response = await send("GET", path, { accept: "text/event-stream", signal });
    if (!response.body) return false;
    for await (const { event, data } of readEvents(response.body)) {
      if (event !== "state") continue;
      const seen = JSON.parse(data) as ImageState;
      tell(seen);
      if (hasEnded(seen)) return true;
    }
    return false;
  } finally {
    streams -= 1;
  }
}
