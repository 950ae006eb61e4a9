import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/api";

const TRIES = 2;

/** What the page knows of the server. A refusal is an answer and is not asked again; a silence is. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 20_000,
        // Our own server, perhaps on this machine: being offline says nothing of it.
        networkMode: "always",
        retry: (failed, error) => failed < TRIES && !isRefusal(error),
      },
      mutations: { networkMode: "always" },
    },
  });
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500;
}
