import { ComposerPrimitive, useAui, useAuiEvent, useAuiState } from "@assistant-ui/react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { Icon } from "@/components/icon";
import { m } from "@/lib/messages";

const LONGEST = 4000;

export interface Begun {
  text: string;
  /** Whether it is an earlier message, to be changed and sent again. */
  edited?: boolean;
}

interface ComposerProps {
  busy: boolean;
  /** A message that is begun elsewhere: each new object takes the place of what stands in the box. */
  begun: Begun | null;
  /** What was begun has been sent, or let be. */
  onSettled: () => void;
}

/** Where the slayer writes. Enter sends, Shift+Enter starts a new line. */
export function Composer({ busy, begun, onSettled }: ComposerProps) {
  const { composer } = useAui();
  const area = useRef<HTMLTextAreaElement>(null);
  const length = useAuiState((state) => state.composer.text.length);
  const edited = begun?.edited === true;

  useEffect(() => {
    if (begun) composer.setText(begun.text);
  }, [begun, composer]);
  useEffect(() => {
    const element = area.current;
    if (!begun || !element) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [begun]);
  useEffect(() => {
    // The box itself takes no more; dictation and other rooms know of no limit.
    if (length > LONGEST) composer.setText(composer.getState().text.slice(0, LONGEST));
  }, [length, composer]);
  useAuiEvent("composer.send", () => {
    onSettled();
    area.current?.focus();
  });

  function leaveEdit() {
    composer.setText("");
    onSettled();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && edited) leaveEdit();
    // Nothing is sent while an answer is on its way, and no line is begun either.
    if (busy && event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) event.preventDefault();
  }

  const left = LONGEST - length;
  return (
    <ComposerPrimitive.Root className="grid gap-1">
      {edited ? (
        <p className="flex flex-wrap items-center gap-x-3 px-2 text-sm text-soft">
          {m.chat.editing}
          <button type="button" className="font-medium text-accent underline" onClick={leaveEdit}>
            {m.chat.editCancel}
          </button>
        </p>
      ) : null}
      <div className="flex items-end gap-2 rounded-2xl border border-line bg-sheet p-2 shadow-card focus-within:border-accent">
        <label htmlFor="message" className="sr-only">
          {m.chat.field}
        </label>
        <ComposerPrimitive.Input
          id="message"
          ref={area}
          rows={1}
          maxLength={LONGEST}
          placeholder={m.chat.placeholder}
          cancelOnEscape={false}
          className="max-h-48 min-h-10 flex-1 resize-none overflow-y-auto bg-transparent px-2 py-2 outline-none placeholder:text-soft"
          onKeyDown={onKeyDown}
        />
        <Dictation />
        {busy ? (
          <ComposerPrimitive.Cancel className="button size-10 shrink-0 px-0" aria-label={m.chat.stop}>
            <Icon name="stop" />
          </ComposerPrimitive.Cancel>
        ) : (
          <ComposerPrimitive.Send className="button button-strong size-10 shrink-0 px-0" aria-label={m.chat.send}>
            <Icon name="send" />
          </ComposerPrimitive.Send>
        )}
      </div>
      {left < 400 ? (
        <p className="justify-self-end text-xs text-soft" role="status">
          {m.chat.left(left)}
        </p>
      ) : null}
    </ComposerPrimitive.Root>
  );
}

/** Only where the browser can. */
function Dictation() {
  const possible = useAuiState(({ thread }) => thread.capabilities.dictation);
  const listening = useAuiState(({ composer }) => composer.dictation != null);
  if (!possible) return null;
  return listening ? (
    <ComposerPrimitive.StopDictation
      className="button button-quiet size-10 shrink-0 px-0 text-vermilion"
      aria-label={m.chat.dictating}
      aria-pressed="true"
    >
      <Icon name="mic" />
    </ComposerPrimitive.StopDictation>
  ) : (
    <ComposerPrimitive.Dictate
      className="button button-quiet size-10 shrink-0 px-0 text-soft"
      aria-label={m.chat.dictate}
      aria-pressed="false"
    >
      <Icon name="mic" />
    </ComposerPrimitive.Dictate>
  );
}
