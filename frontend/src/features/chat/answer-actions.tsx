import { useEffect, useState } from "react";
import { Icon } from "@/components/icon";
import { useToast } from "@/components/toasts";
import { m } from "@/lib/messages";

/** Copies the answer, or reads it aloud; each only where the browser can. */
export function AnswerActions({ text }: { text: string }) {
  const tell = useToast();
  if (!text) return null;
  // Browsers offer the clipboard on https and localhost only.
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  return (
    <>
      {clipboard ? (
        <button
          type="button"
          className="button button-quiet min-h-9 px-2 text-soft"
          aria-label={m.chat.copy}
          title={m.chat.copy}
          onClick={() => void clipboard.writeText(text).then(() => tell(m.chat.copied))}
        >
          <Icon name="copy" size={18} />
        </button>
      ) : null}
      {"speechSynthesis" in window ? <ReadAloud text={text} /> : null}
    </>
  );
}

function ReadAloud({ text }: { text: string }) {
  const [reading, setReading] = useState(false);
  useEffect(() => {
    if (reading) return () => window.speechSynthesis.cancel();
  }, [reading]);

  function toggle() {
    if (reading) {
      setReading(false);
      return;
    }
    const words = new SpeechSynthesisUtterance(spoken(text));
    words.onend = () => setReading(false);
    words.onerror = () => setReading(false);
    setReading(true);
    window.speechSynthesis.speak(words);
  }

  return (
    <button
      type="button"
      className={`button button-quiet min-h-9 px-2 ${reading ? "text-accent" : "text-soft"}`}
      aria-label={reading ? m.chat.readStop : m.chat.readAloud}
      title={reading ? m.chat.readStop : m.chat.readAloud}
      onClick={toggle}
    >
      <Icon name={reading ? "stop" : "speaker"} size={18} />
    </button>
  );
}

/** Markdown's marks and the numbers of sources are for the eye. */
function spoken(text: string): string {
  return text.replace(/\[\d{1,3}\]/g, "").replace(/[*_#>`|]/g, "");
}
