// How soon the first word of an answer is on the screen, after the shop has sent it.

import { openRelay } from "./relay.mjs";
import { quantile } from "./figures.mjs";

const QUESTIONS = [
  "how often should I oil a katana?",
  "what is my rank?",
  "recommend me a blade under 400 coins and tell me how to look after it",
  "how do I hold the Heron Spear?",
  "give me a 20 minute routine with a katana",
];

/** Turns in one conversation. */
const EACH = 10;

/**
 * Asks `turns` questions, ten in a conversation.
 *
 * @returns {Promise<{turns: number, p50: number, p95: number, most: number}>} milliseconds from the moment at which the
 *   server's first text event passes the relay to the first frame after the page has put its words into the document
 */
export async function firstWord(browser, shopUrl, slayer, turns) {
  const relay = await openRelay(shopUrl);
  try {
    const origins = [{ ...slayer.state.origins[0], origin: relay.url }];
    const context = await browser.newContext({ storageState: { ...slayer.state, origins } });
    const page = await context.newPage();
    await page.addInitScript(watchForWords);
    const took = [];
    for (let at = 0; at < turns; at++) {
      // A long conversation draws only its end, where turns cannot be counted any more: begin another one in time.
      if (at % EACH === 0) await page.goto(relay.url);
      const before = relay.moments.length;
      await page.getByLabel("Your message to the dojo").fill(QUESTIONS[at % QUESTIONS.length]);
      const send = page.getByRole("button", { name: "Send", exact: true });
      await send.click({ trial: true });
      await page.evaluate(() => globalThis.expectWords());
      await send.click();
      const seen = await page.evaluate(() => globalThis.words);
      await page.locator("[data-turn=streaming]").waitFor({ state: "detached" });
      await send.waitFor();
      if (relay.moments.length !== before + 1)
        throw new Error(`"${QUESTIONS[at % QUESTIONS.length]}" streamed no text.`);
      took.push(seen - relay.moments[before]);
    }
    await context.close();
    return { turns, p50: quantile(took, 0.5), p95: quantile(took, 0.95), most: Math.max(...took) };
  } finally {
    relay.close();
  }
}

/** In the page: `words` is when the next answer's first words were drawn (milliseconds since the epoch). */
function watchForWords() {
  globalThis.expectWords = () => {
    const before = document.querySelectorAll("[data-turn]").length;
    globalThis.words = new Promise((drawn, missed) => {
      setTimeout(() => missed(new Error("No words in a minute.")), 60_000);
      const look = () => {
        const turn = document.querySelectorAll("[data-turn]")[before];
        if (!turn?.querySelector(".prose")?.textContent.trim()) return;
        observer.disconnect();
        // Two frames: the first is the one that is being made, and when the second begins it has been drawn.
        requestAnimationFrame(() => requestAnimationFrame(() => drawn(performance.timeOrigin + performance.now())));
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
  };
}
