// A conversation of thousands of messages: how it opens, and how it scrolls to its beginning.

import { quantile } from "./figures.mjs";

const SAID = [
  "recommend me a blade under 400 coins",
  "how often should I oil a katana?",
  "what is my rank?",
  "how do I hold the Heron Spear?",
  "log 10 minutes of training",
  "give me a 20 minute routine with a katana",
  "compare the Heron Spear and the Gatewarden Spear",
];
const FIRST = "hello, this is where it began";
const PATIENCE = 300_000;
const JUMP = 400; // pixels a wheel event

/** Holds a conversation over the API, turn by turn as anybody would; its id. */
export async function holdConversation(slayer, turns, onTurn = () => undefined) {
  let thread;
  for (let at = 0; at < turns; at++) {
    const message = at === 0 ? FIRST : SAID[at % SAID.length];
    const answer = await slayer.send("/coach/chat", thread ? { message, thread_id: thread } : { message });
    thread = answer.thread_id;
    onTurn(at + 1);
  }
  return thread;
}

/**
 * Opens the conversation and turns the wheel until its first message is there.
 *
 * @returns {Promise<{openMs: number, scrollMs: number, frames: number, p50: number, p95: number, worst: number,
 *   over50: number, longTasks: number, longestTask: number, nodes: number, heapMb: number, turns: number, most: number,
 *   reached: boolean}>} milliseconds; a frame counts as long as it took until the next one; turns that are drawn in the end and at most
 */
export async function scrollThrough(browser, shopUrl, slayer, thread) {
  const context = await browser.newContext({ storageState: slayer.state, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(watchFrames);
  const began = Date.now();
  await page.goto(`${shopUrl}/t/${thread}`);
  await page.locator("[data-turn=done]").last().waitFor();
  const openMs = Date.now() - began;
  await page.waitForTimeout(1_000);

  await page.mouse.move(640, 400);
  await page.evaluate(() => globalThis.beginFrames());
  const start = Date.now();
  const first = page.locator("[data-turn]").getByText(FIRST);
  // At the top nothing moves any more, once the last of the earlier turns have come; what takes too long, the report tells.
  let there = false;
  let most = 0;
  while (!there && Date.now() - start < PATIENCE) {
    for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(0, -JUMP);
    there = (await page.evaluate(() => globalThis.atTop())) && (await first.count()) > 0;
    most = Math.max(most, await page.locator("[data-turn]").count());
  }
  const scrollMs = Date.now() - start;
  const { frames, tasks } = await page.evaluate(() => globalThis.endFrames());
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const turns = await page.locator("[data-turn]").count();
  const network = await context.newCDPSession(page);
  await network.send("HeapProfiler.collectGarbage");
  const { usedSize } = await network.send("Runtime.getHeapUsage");
  await context.close();
  return {
    openMs,
    scrollMs,
    frames: frames.length,
    p50: quantile(frames, 0.5),
    p95: quantile(frames, 0.95),
    worst: Math.max(...frames),
    over50: frames.filter((frame) => frame > 50).length,
    longTasks: tasks.length,
    longestTask: Math.max(0, ...tasks),
    nodes,
    heapMb: usedSize / 1e6,
    turns,
    most,
    reached: there,
  };
}

/** In the page: how long each frame stood, and each task that kept the page busy for more than 50 ms. */
function watchFrames() {
  let frames = [];
  let tasks = [];
  let running = false;
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
  });
  const step = (before) =>
    requestAnimationFrame((now) => {
      if (!running) return;
      frames.push(now - before);
      step(now);
    });
  globalThis.beginFrames = () => {
    frames = [];
    tasks = [];
    running = true;
    requestAnimationFrame(step);
  };
  globalThis.endFrames = () => {
    running = false;
    return { frames, tasks };
  };
  globalThis.atTop = () => {
    const log = document.querySelector("[role=log]");
    for (let box = log; box; box = box.parentElement) if (box.scrollTop > 0) return false;
    return true;
  };
}
