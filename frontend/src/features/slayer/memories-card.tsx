import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { Card } from "@/components/card";
import { Confirm } from "@/components/confirm";
import { Icon } from "@/components/icon";
import { Loaded } from "@/components/loaded";
import { When } from "@/components/when";
import { useMemories } from "@/features/slayer/record";
import { messageOf, remove } from "@/lib/api";
import { m } from "@/lib/messages";
import { threadPlace } from "@/lib/places";
import { RECORD } from "@/lib/queries";
import type { Memory } from "@/lib/types";

/** What the Coach keeps in mind of the slayer, and the way to make it forget: one thing, or all. */
export function MemoriesCard({ className }: { className?: string }) {
  const memories = useMemories();
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const forget = useMutation({
    mutationFn: (id: string | null) => remove(id === null ? "/me/memories" : `/me/memories/${encodeURIComponent(id)}`),
    onSuccess: () => setSure(false),
    onSettled: () => client.invalidateQueries({ queryKey: RECORD }),
  });
  return (
    <Card title={m.memories.title} about={m.memories.about} className={className ?? ""}>
      <Loaded source={memories}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-soft">{m.memories.none}</p>
          ) : (
            <>
              <ul className="divide-y divide-line">
                {items.map((memory) => (
                  <MemoryLine
                    key={memory.memory_id}
                    memory={memory}
                    busy={forget.isPending}
                    onForget={() => forget.mutate(memory.memory_id)}
                  />
                ))}
              </ul>
              {sure ? (
                <Confirm
                  question={m.memories.sure}
                  yes={m.memories.yes}
                  no={m.common.cancel}
                  busy={forget.isPending}
                  onYes={() => forget.mutate(null)}
                  onNo={() => setSure(false)}
                />
              ) : (
                <button type="button" className="button button-small w-fit" onClick={() => setSure(true)}>
                  {m.memories.forgetAll}
                </button>
              )}
            </>
          )
        }
      </Loaded>
      {forget.error ? (
        <p role="alert" className="text-sm font-medium text-vermilion">
          {messageOf(forget.error)}
        </p>
      ) : null}
    </Card>
  );
}

function MemoryLine({ memory, busy, onForget }: { memory: Memory; busy: boolean; onForget: () => void }) {
  return (
    <li className="flex items-center gap-3 py-2 first:pt-0" data-memory={memory.memory_id}>
      <span className="min-w-0 flex-1 leading-snug">
        <span className="[overflow-wrap:anywhere]">“{memory.text}”</span>
        <span className="block text-sm text-soft">
          {m.memories.kinds[memory.kind]} · <When moment={memory.updated_at} day />
          {memory.thread_id ? (
            <>
              {" · "}
              <Link href={threadPlace(memory.thread_id)} className="underline">
                {m.memories.where}
              </Link>
            </>
          ) : null}
        </span>
      </span>
      <button
        type="button"
        className="button button-quiet size-10 shrink-0 px-0 text-soft"
        aria-label={m.memories.forget(memory.text)}
        title={m.memories.forgetShort}
        disabled={busy}
        onClick={onForget}
      >
        <Icon name="trash" size={18} />
      </button>
    </li>
  );
}
