import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { get, messageOf } from "@/lib/api";

export interface Fetched<T> {
  data: T | null;
  problem: string | null;
  retry: () => void;
}

/**
 * What GET `path` gives (null: nothing is asked).
 *
 * `key` names the kind of thing: whoever changes it invalidates that key.
 */
export function useFetched<T>(path: string | null, key: readonly string[] = []): Fetched<T> {
  const { data, error, refetch } = useQuery({
    queryKey: [...key, path],
    queryFn: ({ signal }) => get<T>(path ?? "", { signal }),
    enabled: path !== null,
  });
  const retry = useCallback(() => void refetch(), [refetch]);
  return { data: data ?? null, problem: error && data === undefined ? messageOf(error) : null, retry };
}
