import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Link } from "wouter";
import { Alert } from "@/components/alert";
import { Icon } from "@/components/icon";
import { RetryButton } from "@/components/retry-button";
import { Waiting } from "@/components/waiting";
import { listThreads } from "@/features/chat/chat-api";
import { ThreadLine } from "@/features/chat/thread-line";
import { messageOf } from "@/lib/api";
import { m } from "@/lib/messages";
import { PLACES } from "@/lib/places";
import { THREADS } from "@/lib/queries";

interface ThreadListProps {
  current: string | null;
  onPick: () => void;
  /** The conversation that is open was deleted. */
  onGone: () => void;
}

/** The slayer's conversations, newest first, with a search through what was said, and the way to a new one. */
export function ThreadList({ current, onPick, onGone }: ThreadListProps) {
  const [search, setSearch] = useState("");
  const words = useDeferredValue(search.trim());
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: [...THREADS, words],
    queryFn: ({ signal }) => listThreads(words, signal),
    placeholderData: keepPreviousData,
  });
  const now = new Date(dataUpdatedAt);
  return (
    <nav aria-label={m.threads.list} className="flex min-h-48 flex-1 flex-col gap-3">
      <Link href={PLACES.newChat} className="button w-full justify-start" onClick={onPick}>
        <Icon name="plus" /> {m.threads.fresh}
      </Link>
      <label className="relative">
        <span className="sr-only">{m.threads.search}</span>
        <span className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-soft">
          <Icon name="search" size={17} />
        </span>
        <input
          type="search"
          className="input min-h-10 pl-9 text-sm"
          placeholder={m.threads.searchHint}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </label>
      {error && !data ? (
        <Alert action={<RetryButton onRetry={() => void refetch()} />}>{messageOf(error)}</Alert>
      ) : null}
      {!data && !error ? <Waiting /> : null}
      {data?.items.length === 0 ? (
        <p className="px-1 text-sm text-soft">{words ? m.threads.none : m.threads.empty}</p>
      ) : null}
      <ul className="relative -mx-1 min-h-0 flex-1 overflow-y-auto px-1">
        {data?.items.map((thread) => (
          <ThreadLine
            key={thread.thread_id}
            thread={thread}
            current={thread.thread_id === current}
            now={now}
            onPick={onPick}
            onGone={onGone}
          />
        ))}
      </ul>
    </nav>
  );
}
