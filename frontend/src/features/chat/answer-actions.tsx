import { ActionBarPrimitive, useAuiState } from "@assistant-ui/react";
import { useEffect } from "react";
import { Icon } from "@/components/icon";
import { useToast } from "@/components/toasts";
import { m } from "@/lib/messages";

const BUTTON = "button button-quiet min-h-9 px-2 disabled:hidden";

/** Copies the answer, or reads it aloud; each only where the browser can and there are words. */
export function AnswerActions() {
  return (
    <>
      {/* Browsers offer the clipboard on https and localhost only. */}
      {"clipboard" in navigator ? <Copy /> : null}
      {"speechSynthesis" in window ? <ReadAloud /> : null}
    </>
  );
}

function Copy() {
  const tell = useToast();
  const copied = useAuiState(({ message }) => message.isCopied);
  useEffect(() => {
    if (copied) tell(m.chat.copied);
  }, [copied, tell]);
  return (
    <ActionBarPrimitive.Copy className={`${BUTTON} text-soft`} aria-label={m.chat.copy} title={m.chat.copy}>
      <Icon name="copy" size={18} />
    </ActionBarPrimitive.Copy>
  );
}

function ReadAloud() {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- not final in the library, whose version is pinned
  const reading = useAuiState(({ message }) => message.speech !== undefined);
  useEffect(() => {
    // Nobody is left to stop it once its answer is not drawn any more.
    if (reading) return () => window.speechSynthesis.cancel();
  }, [reading]);
  return reading ? (
    <ActionBarPrimitive.StopSpeaking
      className={`${BUTTON} text-accent`}
      aria-label={m.chat.readStop}
      title={m.chat.readStop}
    >
      <Icon name="stop" size={18} />
    </ActionBarPrimitive.StopSpeaking>
  ) : (
    <ActionBarPrimitive.Speak className={`${BUTTON} text-soft`} aria-label={m.chat.readAloud} title={m.chat.readAloud}>
      <Icon name="speaker" size={18} />
    </ActionBarPrimitive.Speak>
  );
}
