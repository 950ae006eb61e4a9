import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { Icon } from "@/components/icon";
import { useDictation } from "@/features/chat/use-dictation";
import { m } from "@/lib/messages";

const LONGEST = 4000;

export interface Begun {
  text: string;
  /** Whether it is an earlier message, to be changed and sent again. */
  edited?: boolean;
}

interface ComposerProps {
  busy: boolean;
  /** The conversation is not on the screen yet: one can write, and send as soon as it is. */
  opening: boolean;
  /** A message that is begun elsewhere: each new object takes the place of what stands in the box. */
  begun: Begun | null;
  /** What was begun has been sent, or let be. */
  onSettled: () => void;
  onSay: (message: string) => void;
  onStop: () => void;
}

/** Where the slayer writes. Enter sends, Shift+Enter starts a new line. */
export function Composer({ busy, opening, begun, onSettled, onSay, onStop }: ComposerProps) {
  const [draft, setDraft] = useState("");
  const [taken, setTaken] = useState(begun);
  if (taken !== begun) {
    setTaken(begun);
    if (begun) setDraft(begun.text);
  }
  const edited = begun?.edited === true;
  const area = useRef<HTMLTextAreaElement>(null);
  const dictation = useDictation(useCallback((text: string) => setDraft(text.slice(0, LONGEST)), []));
  useEffect(() => {
    const element = area.current;
    if (!begun || !element) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [begun]);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [draft]);

  function sendDraft() {
    const message = draft.trim();
    if (!message || busy || opening) return;
    setDraft("");
    onSettled();
    onSay(message);
    area.current?.focus();
  }

  function leaveEdit() {
    setDraft("");
    onSettled();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && edited) leaveEdit();
    // While an input method composes a word, Enter picks a candidate.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    sendDraft();
  }

  const left = LONGEST - draft.length;
  return (
    <form
      className="grid gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        sendDraft();
      }}
    >
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
        <textarea
          id="message"
          ref={area}
          rows={1}
          maxLength={LONGEST}
          value={draft}
          placeholder={m.chat.placeholder}
          className="max-h-48 min-h-10 flex-1 resize-none overflow-y-auto bg-transparent px-2 py-2 outline-none placeholder:text-soft"
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {dictation ? (
          <button
            type="button"
            className={`button button-quiet size-10 shrink-0 px-0 ${dictation.listening ? "text-vermilion" : "text-soft"}`}
            aria-label={dictation.listening ? m.chat.dictating : m.chat.dictate}
            aria-pressed={dictation.listening}
            onClick={dictation.toggle}
          >
            <Icon name="mic" />
          </button>
        ) : null}
        {busy ? (
          <button type="button" className="button size-10 shrink-0 px-0" aria-label={m.chat.stop} onClick={onStop}>
            <Icon name="stop" />
          </button>
        ) : (
          <button
            type="submit"
            className="button button-strong size-10 shrink-0 px-0"
            aria-label={m.chat.send}
            disabled={opening || !draft.trim()}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
      {left < 400 ? (
        <p className="justify-self-end text-xs text-soft" role="status">
          {m.chat.left(left)}
        </p>
      ) : null}
    </form>
  );
}
