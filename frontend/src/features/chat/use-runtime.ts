import { useExternalStoreRuntime, type AppendMessage, type AssistantRuntime } from "@assistant-ui/react";
import { useMemo, useState } from "react";
import { asMessage, linesOf } from "@/features/chat/messages";
import { dictationHere, speechHere } from "@/features/chat/speech";
import type { Turn } from "@/features/chat/turn";

interface RuntimeOptions {
  /** The turns that are drawn. */
  turns: readonly Turn[];
  /** An answer is on its way. */
  busy: boolean;
  /** The conversation is not there yet: one can write, and not send. */
  opening: boolean;
  onSay: (message: string) => void;
  onRetry: (turn: Turn) => void;
  onStop: () => void;
}

/** assistant-ui's runtime over our own conversation, which stays the one truth: nothing is kept there that is not here. */
export function useRuntime({ turns, busy, opening, onSay, onRetry, onStop }: RuntimeOptions): AssistantRuntime {
  const messages = useMemo(() => linesOf(turns), [turns]);
  const [adapters] = useState(() => ({ speech: speechHere(), dictation: dictationHere() }));
  return useExternalStoreRuntime({
    messages,
    convertMessage: asMessage,
    isRunning: busy,
    isSendDisabled: opening,
    adapters,
    onNew: (message) => {
      onSay(wordsOf(message).trim());
      return Promise.resolve();
    },
    onReload: (_parent, { sourceId }) => {
      const turn = turns.find((one) => one.key === sourceId);
      if (turn) onRetry(turn);
      return Promise.resolve();
    },
    onCancel: () => {
      onStop();
      return Promise.resolve();
    },
  });
}

function wordsOf({ content }: AppendMessage): string {
  return content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}
