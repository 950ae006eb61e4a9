// Reading aloud and dictation through the browser, each only where it can.

import { WebSpeechDictationAdapter, WebSpeechSynthesisAdapter, type SpeechSynthesisAdapter } from "@assistant-ui/react";

/** Reads answers aloud; undefined where the browser cannot. */
export function speechHere(): SpeechSynthesisAdapter | undefined {
  if (!("speechSynthesis" in window)) return undefined;
  const voice = new WebSpeechSynthesisAdapter();
  return { speak: (text) => voice.speak(spoken(text)) };
}

/** Writes down what is spoken, until the speaker pauses; undefined where the browser cannot. */
export function dictationHere(): WebSpeechDictationAdapter | undefined {
  return WebSpeechDictationAdapter.isSupported() ? new WebSpeechDictationAdapter({ continuous: false }) : undefined;
}

/** Markdown's marks and the numbers of sources are for the eye. */
export function spoken(text: string): string {
  return text.replace(/\[\d{1,3}\]/g, "").replace(/[*_#>`|]/g, "");
}
