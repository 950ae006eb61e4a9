import { useQuery } from "@tanstack/react-query";
import { STAFF } from "@/features/staff/use-watched";
import { get } from "@/lib/api";
import type { ModelBook, ServedModel } from "@/lib/types";

const CALM = 15_000;
const SWAPPING = 700;
const TROUBLED = 5_000;

/** Which model answers, looked at often while it is not the champion yet. */
export function useServed(book: ModelBook): ServedModel {
  const { data } = useQuery({
    queryKey: [...STAFF, "/staff/served"],
    queryFn: ({ signal }) => get<ServedModel>("/staff/served", { signal }),
    initialData: book.served,
    refetchInterval: ({ state }) => waitBefore(state.data ?? book.served, book.champion),
  });
  return data;
}

/** Milliseconds to the next look. */
export function waitBefore(served: ServedModel, champion: string | null): number {
  if (champion === null || served.version === champion) return CALM;
  return served.trouble ? TROUBLED : SWAPPING;
}
