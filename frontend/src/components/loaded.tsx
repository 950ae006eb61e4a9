import type { ReactNode } from "react";
import { Alert } from "@/components/alert";
import { RetryButton } from "@/components/retry-button";
import { Waiting } from "@/components/waiting";
import type { Fetched } from "@/lib/use-fetched";

interface LoadedProps<T> {
  source: Fetched<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}

/** What was fetched; until then its outline, and where it cannot be had, why and a way to try again. */
export function Loaded<T>({ source, lines = 3, children }: LoadedProps<T>) {
  if (source.data !== null) return children(source.data);
  if (source.problem !== null) {
    return <Alert action={<RetryButton onRetry={source.retry} />}>{source.problem}</Alert>;
  }
  return <Waiting lines={lines} />;
}
