import { launchBrowser } from "../browser.mjs";
import { newSlayer } from "../slayer.mjs";
import { SHOP_URL } from "../visit.mjs";
import { firstWord } from "./first-word.mjs";
import { weigh } from "./weight.mjs";
import { holdConversation, scrollThrough } from "./long-thread.mjs";
const b = await launchBrowser();
const s = await newSlayer();
console.log(
  await weigh(b, SHOP_URL, "/", null),
  await weigh(b, SHOP_URL, "/", s.state),
  await weigh(b, SHOP_URL, "/armoury", s.state),
);
console.log(await firstWord(b, SHOP_URL, s, 20));
const t0 = Date.now();
const t = await holdConversation(s, 1000, (n) => {
  if (n % 100 === 0) console.log(n, Date.now() - t0);
});
console.log(t, Date.now() - t0);
console.log(await scrollThrough(b, SHOP_URL, s, t));
import { writeFileSync } from "node:fs";
writeFileSync("/tmp/mz/long.json", JSON.stringify({ t, s: { ...s } }));
await b.close();
