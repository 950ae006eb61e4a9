import { Icon } from "@/components/icon";
import { ago } from "@/lib/format";
import type { ThreadSummary } from "@/lib/types";
import { hashOf } from "@/lib/use-hash";

interface ThreadListProps {
  threads: ThreadSummary[] | null;
  current: string | null;
  /** The moment of the last refresh; times are told from it. */
  now: Date;
  onPick: () => void;
}

/** The slayer's conversations, newest first, and the way to a new one. */
export function ThreadList({ threads, current, now, onPick }: ThreadListProps) {
  return (
    <nav aria-label="Conversations" className="flex min-h-48 flex-1 flex-col gap-3">
      <a href={hashOf({ name: "chat", threadId: null })} className="button w-full justify-start" onClick={onPick}>
        <Icon name="plus" /> New conversation
      </a>
      {threads?.length === 0 ? <p className="px-1 text-sm text-soft">Your conversations will be kept here.</p> : null}
      <ul className="relative -mx-1 min-h-0 flex-1 overflow-y-auto px-1">
        {threads?.map((thread) => (
          <li key={thread.thread_id}>
            <a
              href={hashOf({ name: "chat", threadId: thread.thread_id })}
              aria-current={thread.thread_id === current ? "page" : undefined}
              className="flex items-baseline gap-2 rounded-lg px-3 py-2 hover:bg-well aria-[current=page]:bg-well aria-[current=page]:font-bold"
              onClick={onPick}
            >
              <span className="min-w-0 flex-1 truncate">{thread.title}</span>
              <time className="shrink-0 text-xs font-normal text-soft" dateTime={thread.updated_at}>
                {ago(thread.updated_at, now)}
              </time>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
