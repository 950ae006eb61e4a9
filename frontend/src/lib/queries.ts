// What more than one feature asks the server for, under one key each.

import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/api";
import type { Me, Shop, ThreadPage } from "@/lib/types";

export const shopQuery = queryOptions({
  queryKey: ["shop"],
  queryFn: ({ signal }) => get<Shop>("/shop", { anonymous: true, signal }),
  staleTime: Infinity,
});

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => get<Me>("/me", { signal }),
});

/** Keys of what changes when the slayer earns, buys or trains. */
export const RECORD = ["record"] as const;
export const WEAPONS = ["weapons"] as const;
export const THREADS = ["threads"] as const;

/** The slayer's conversations, the latest first. */
export const threadsQuery = queryOptions({
  queryKey: [...THREADS, ""],
  queryFn: ({ signal }) => get<ThreadPage>("/threads", { signal }),
});
