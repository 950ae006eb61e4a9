import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { get, messageOf } from "@/lib/api";
import type { Fetched } from "@/lib/use-fetched";

/** Key of all that the staff's room asks for: whoever changes something there invalidates it. */
export const STAFF = ["staff"] as const;

/** What GET `path` gives, asked again every `everyMs` while the room is open. */
export function useWatched<T>(path: string, everyMs: number): Fetched<T> {
  const { data, error, refetch } = useQuery({
    queryKey: [...STAFF, path],
    queryFn: ({ signal }) => get<T>(path, { signal }),
    refetchInterval: everyMs,
  });
  const retry = useCallback(() => void refetch(), [refetch]);
  return { data: data ?? null, problem: error && data === undefined ? messageOf(error) : null, retry };
}
