// How heavy, how fast and how smooth the page is, against its bounds. Exit code 1 when one is missed.
//
//   npm run measure -- [SHOP_URL] [OUT_DIR] [--quick] [--report FILE] [--only weight,lighthouse,words,thread]
//
// The shop must be open and serve the built page. --quick takes fewer looks and a short conversation. --report writes Markdown.
// Nobody says as much as the whole form: open the shop for it with HASHIRA_CHAT_PER_MINUTE=100000.
// A conversation of 2,000 messages takes minutes to hold: OUT_DIR/long-thread.json remembers it for the next time.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" }, report: { type: "string" }, only: { type: "string" } },
});
process.argv.splice(2, Infinity, ...positionals); // visit.mjs reads SHOP_URL and OUT_DIR by their place
const { OUT_DIR, SHOP_URL } = await import("../visit.mjs");
const { launchBrowser } = await import("../browser.mjs");
const { knownSlayer, newSlayer } = await import("../slayer.mjs");
const { weigh } = await import("./weight.mjs");
const { lookAt } = await import("./lighthouse.mjs");
const { firstWord } = await import("./first-word.mjs");
const { holdConversation, scrollThrough } = await import("./long-thread.mjs");
const { judge, tell } = await import("./report.mjs");

const LOOKS = options.quick ? 1 : 3;
const WORDS = options.quick ? 5 : 30;
const TURNS = options.quick ? 60 : 1_000;
const PARTS = (options.only ?? "weight,lighthouse,words,thread").split(",");

const say = (words) => console.error(words);

async function inBrowser(what) {
  const browser = await launchBrowser();
  try {
    return await what(browser);
  } finally {
    await browser.close();
  }
}

async function weights(slayer) {
  say("weighing what a first visit fetches");
  return inBrowser(async (browser) => ({
    door: await weigh(browser, SHOP_URL, "/", null),
    dojo: await weigh(browser, SHOP_URL, "/", slayer.state),
    armoury: await weigh(browser, SHOP_URL, "/armoury", slayer.state),
  }));
}

async function scores(slayer) {
  say("looking with Lighthouse");
  const { name, value } = slayer.state.cookies[0];
  const cookie = `${name}=${value}`;
  const pages = [
    { name: "door", path: "/", cookie: null },
    { name: "chat", path: "/", cookie },
    { name: "armoury", path: "/armoury", cookie },
  ];
  return lookAt(SHOP_URL, pages, LOOKS);
}

async function longThread() {
  const kept = join(OUT_DIR, "long-thread.json");
  let held = existsSync(kept) && !options.quick ? JSON.parse(readFileSync(kept, "utf8")) : null;
  const slayer = held ? await knownSlayer(held).catch(() => null) : null;
  if (slayer === null) {
    say(`holding a conversation of ${TURNS} turns`);
    const talker = await newSlayer();
    const thread = await holdConversation(talker, TURNS, (turn) => turn % 100 === 0 && say(`  ${turn}`));
    held = { handle: talker.handle, password: talker.password, thread };
    if (!options.quick) writeFileSync(kept, JSON.stringify(held));
    await talker.close();
  }
  say("scrolling through it");
  const reader = slayer ?? (await knownSlayer(held));
  const { turns } = await reader.get(`/threads/${held.thread}`);
  const seen = await inBrowser((browser) => scrollThrough(browser, SHOP_URL, reader, held.thread));
  await reader.close();
  return { ...seen, held: turns.length };
}

async function main() {
  mkdirSync(OUT_DIR, { recursive: true });
  const slayer = await newSlayer();
  const found = {};
  if (PARTS.includes("weight")) found.weight = await weights(slayer);
  if (PARTS.includes("words")) {
    say("waiting for first words");
    found.words = await inBrowser((browser) => firstWord(browser, SHOP_URL, slayer, WORDS));
  }
  if (PARTS.includes("thread")) found.thread = await longThread();
  if (PARTS.includes("lighthouse")) found.lighthouse = await scores(slayer);
  await slayer.close();
  const missed = judge(found);
  const told = tell(found, missed, { quick: options.quick === true });
  if (options.report) writeFileSync(options.report, told);
  say(told);
  console.log(JSON.stringify({ ok: missed.length === 0, missed, ...found }, null, 2));
  if (missed.length > 0) process.exitCode = 1;
}

await main();
