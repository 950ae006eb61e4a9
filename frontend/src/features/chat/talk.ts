import { useAuiState } from "@assistant-ui/react";
import { createContext, use, type ReactNode } from "react";
import type { Turn } from "@/features/chat/turn";
import type { Block, Citation } from "@/lib/types";

/** What the parts of a conversation share. */
export interface Talk {
  threadId: string | null;
  /** An answer is on its way: nothing else can be said now. */
  busy: boolean;
  drawBlock: (block: Block) => ReactNode;
  onCite: (citation: Citation) => void;
  /** Takes what was said to the message box, to be changed and sent again. */
  onEdit: (message: string) => void;
}

export const TalkContext = createContext<Talk | null>(null);

export function useTalk(): Talk {
  const talk = use(TalkContext);
  if (!talk) throw new Error("Only parts of a conversation may ask for it.");
  return talk;
}

/** The turn that the message of assistant-ui which is being drawn is a half of. */
export function useTurn(): Turn {
  return useAuiState(({ message }) => message.metadata.custom.turn as Turn);
}
