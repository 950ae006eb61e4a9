import { useCallback, useEffect, useRef, useState } from "react";

/** The part of the Web Speech API that is used here; TypeScript's own types leave it out. */
interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start: () => void;
  stop: () => void;
  abort: () => void;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onend: (() => void) | null;
}

function recognitionHere(): (new () => Recognition) | null {
  const here = window as { SpeechRecognition?: new () => Recognition; webkitSpeechRecognition?: new () => Recognition };
  return here.SpeechRecognition ?? here.webkitSpeechRecognition ?? null;
}

/** Dictation through the browser, where it can: null where it cannot. */
export function useDictation(onText: (text: string) => void) {
  const [listening, setListening] = useState(false);
  const running = useRef<Recognition | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const toggle = useCallback(() => {
    if (running.current) {
      running.current.stop();
      return;
    }
    const Recognition = recognitionHere();
    if (!Recognition) return;
    const recognition = new Recognition();
    recognition.lang = navigator.language;
    recognition.interimResults = true;
    recognition.onresult = ({ results }) =>
      onText(
        Array.from(results, (result) => result[0]?.transcript ?? "")
          .join("")
          .trim(),
      );
    recognition.onend = () => {
      running.current = null;
      setListening(false);
    };
    running.current = recognition;
    setListening(true);
    recognition.start();
  }, [onText]);

  return recognitionHere() ? { listening, toggle } : null;
}
