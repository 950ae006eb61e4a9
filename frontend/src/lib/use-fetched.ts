import { useCallback, useEffect, useState } from "react";
import { get, isAbort, messageOf } from "@/lib/api";

export interface Fetched<T> {
  data: T | null;
  problem: string | null;
  retry: () => void;
}

interface State<T> {
  path: string | null;
  data: T | null;
  problem: string | null;
}

/** What GET `path` gives (null: nothing is asked). A new `version` asks again and keeps the old answer until then. */
export function useFetched<T>(path: string | null, version: unknown = null): Fetched<T> {
  const [state, setState] = useState<State<T>>({ path: null, data: null, problem: null });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (path === null) return;
    const controller = new AbortController();
    get<T>(path, { signal: controller.signal }).then(
      (data) => setState({ path, data, problem: null }),
      (error: unknown) => {
        if (isAbort(error)) return;
        setState((before) => ({ path, data: before.path === path ? before.data : null, problem: messageOf(error) }));
      },
    );
    return () => controller.abort();
  }, [path, version, attempt]);

  const retry = useCallback(() => {
    setState((before) => ({ ...before, problem: null }));
    setAttempt((before) => before + 1);
  }, []);
  const ours = state.path === path;
  return { data: ours ? state.data : null, problem: ours ? state.problem : null, retry };
}
