import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { Icon } from "@/components/icon";

const LONGEST = 4000;

interface ComposerProps {
  busy: boolean;
  /** A message that is begun elsewhere: each new object takes the place of what stands in the box. */
  begun: { text: string } | null;
  onSay: (message: string) => void;
  onStop: () => void;
}

/** Where the slayer writes. Enter sends, Shift+Enter starts a new line. */
export function Composer({ busy, begun, onSay, onStop }: ComposerProps) {
  const [draft, setDraft] = useState("");
  const [taken, setTaken] = useState(begun);
  if (taken !== begun) {
    setTaken(begun);
    if (begun) setDraft(begun.text);
  }
  const area = useRef<HTMLTextAreaElement>(null);
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
    if (!message || busy) return;
    setDraft("");
    onSay(message);
    area.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
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
      <div className="flex items-end gap-2 rounded-2xl border border-line bg-sheet p-2 shadow-card focus-within:border-accent">
        <label htmlFor="message" className="sr-only">
          Your message to the dojo
        </label>
        <textarea
          id="message"
          ref={area}
          rows={1}
          maxLength={LONGEST}
          value={draft}
          placeholder="Ask for a blade, log your training…"
          className="max-h-48 min-h-10 flex-1 resize-none overflow-y-auto bg-transparent px-2 py-2 outline-none placeholder:text-soft"
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {busy ? (
          <button type="button" className="button size-10 shrink-0 px-0" aria-label="Stop the answer" onClick={onStop}>
            <Icon name="stop" />
          </button>
        ) : (
          <button
            type="submit"
            className="button button-strong size-10 shrink-0 px-0"
            aria-label="Send"
            disabled={!draft.trim()}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
      {left < 400 ? (
        <p className="justify-self-end text-xs text-soft" role="status">
          {left} characters left
        </p>
      ) : null}
    </form>
  );
}
