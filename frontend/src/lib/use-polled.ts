import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { ApiError, get } from "@/lib/api";

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
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["polled", path],
    queryFn: ({ signal }) => get<T>(path, { signal }),
    enabled: !settled(first),
    retry: false,
    refetchInterval: ({ state }) => {
      if (isUnknown(state.error) || (state.data !== undefined && settled(state.data))) return false;
      return waitAfter(state.dataUpdateCount + state.errorUpdateCount);
    },
  });
  const setState = useCallback((state: T) => void client.setQueryData(["polled", path], state), [client, path]);
  return { state: data ?? first, gone: isUnknown(error) ? error.message : null, setState };
}

/** Milliseconds to the next look: longer each time. */
export function waitAfter(looks: number): number {
  return Math.min(FIRST_WAIT * 1.4 ** Math.max(0, looks - 1), LONGEST_WAIT);
}

function isUnknown(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 404;
}
