import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ComponentProps } from "react";
import type { Markdown } from "@/components/markdown";

// A chunk of its own: an empty conversation is drawn before it has come. A query and not React's lazy, so that a file that does
// not come is asked for again, and what there is to read can be read meanwhile.
const markdownQuery = queryOptions({
  queryKey: ["markdown"],
  queryFn: () => import("@/components/markdown"),
  staleTime: Infinity,
  structuralSharing: false,
});

/** Fetches what draws Markdown, before there is any. */
export function useMarkdownSoon(): void {
  useQuery(markdownQuery);
}

/** Markdown; bare words until what draws it is here. */
export function MarkedText(props: ComponentProps<typeof Markdown>) {
  const { data } = useQuery(markdownQuery);
  if (data) return <data.Markdown {...props} />;
  return <p className="prose whitespace-pre-wrap">{props.text}</p>;
}
