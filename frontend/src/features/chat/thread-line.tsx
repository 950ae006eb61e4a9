import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { Link } from "wouter";
import { Confirm } from "@/components/confirm";
import { Icon } from "@/components/icon";
import { deleteThread, renameThread } from "@/features/chat/chat-api";
import { messageOf } from "@/lib/api";
import { ago } from "@/lib/format";
import { m } from "@/lib/messages";
import { threadPlace } from "@/lib/places";
import { THREADS } from "@/lib/queries";
import type { ThreadSummary } from "@/lib/types";

interface ThreadLineProps {
  thread: ThreadSummary;
  current: boolean;
  /** The moment of the last refresh; times are told from it. */
  now: Date;
  onPick: () => void;
  onGone: () => void;
}

/** One conversation of the list: open it, give it another title, or delete it. */
export function ThreadLine({ thread, current, now, onPick, onGone }: ThreadLineProps) {
  const [at, setAt] = useState<"shown" | "renaming" | "deleting">("shown");
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: THREADS });
  const removal = useMutation({
    mutationFn: () => deleteThread(thread.thread_id),
    onSuccess: () => {
      if (current) onGone();
      return refresh();
    },
  });

  if (at === "deleting") {
    return (
      <li className="py-1">
        <Confirm
          question={m.threads.sure}
          yes={m.threads.yes}
          no={m.threads.keep}
          busy={removal.isPending}
          problem={removal.error ? messageOf(removal.error) : null}
          onYes={() => removal.mutate()}
          onNo={() => setAt("shown")}
        />
      </li>
    );
  }
  if (at === "renaming") {
    return (
      <li className="py-1">
        <RenameForm
          thread={thread}
          onDone={() => {
            setAt("shown");
            void refresh();
          }}
          onLeave={() => setAt("shown")}
        />
      </li>
    );
  }
  return (
    <li className="group relative flex items-center rounded-lg hover:bg-well has-aria-[current=page]:bg-well">
      <Link
        href={threadPlace(thread.thread_id)}
        aria-current={current ? "page" : undefined}
        className="grid min-w-0 flex-1 grid-cols-1 rounded-lg px-3 py-2 aria-[current=page]:font-bold"
        onClick={onPick}
      >
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate">{thread.title}</span>
          <time className="shrink-0 text-xs font-normal text-soft" dateTime={thread.updated_at}>
            {ago(thread.updated_at, now)}
          </time>
        </span>
        {thread.excerpt ? <span className="line-clamp-2 text-xs font-normal text-soft">{thread.excerpt}</span> : null}
      </Link>
      {/* On a touch screen they are always there: nothing hovers. */}
      <span className="flex shrink-0 pr-1 group-focus-within:flex group-hover:flex pointer-fine:hidden">
        <button
          type="button"
          className="button button-quiet size-8 min-h-8 px-0 text-soft"
          aria-label={m.threads.rename(thread.title)}
          title={m.threads.renameShort}
          onClick={() => setAt("renaming")}
        >
          <Icon name="edit" size={16} />
        </button>
        <button
          type="button"
          className="button button-quiet size-8 min-h-8 px-0 text-soft"
          aria-label={m.threads.remove(thread.title)}
          title={m.common.delete}
          onClick={() => setAt("deleting")}
        >
          <Icon name="trash" size={16} />
        </button>
      </span>
    </li>
  );
}

function RenameForm({ thread, onDone, onLeave }: { thread: ThreadSummary; onDone: () => void; onLeave: () => void }) {
  const [title, setTitle] = useState(thread.title);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const rename = useMutation({ mutationFn: (name: string) => renameThread(thread.thread_id, name), onSuccess: onDone });

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const name = title.trim();
    if (name && name !== thread.title) rename.mutate(name);
    else onLeave();
  }

  return (
    <form
      className="grid gap-1"
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onLeave();
      }}
    >
      <div className="flex gap-1">
        <input
          ref={field}
          className="input min-h-9 text-sm"
          aria-label={m.threads.name}
          maxLength={80}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <button type="submit" className="button button-small" disabled={rename.isPending}>
          {m.common.save}
        </button>
      </div>
      {rename.error ? (
        <p role="alert" className="text-sm font-medium text-vermilion">
          {messageOf(rename.error)}
        </p>
      ) : null}
    </form>
  );
}
