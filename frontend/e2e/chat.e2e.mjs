// The conversation when the world is not kind to it: a connection that breaks in mid-stream, a reload while an answer forms, an
// answer that is stopped, and a thread of two thousand messages.
//
//   node e2e/chat.e2e.mjs [SHOP_URL] [OUT_DIR]

import assert from "node:assert/strict";
import { assertFits, at, chooseBuild, giveName, openPage, page, picture, tell, untilDone } from "./visit.mjs";

const SLAYER = { handle: `chat${Date.now() % 1e9}`, name: "Chiyo" };
const LONG = "recommend me a blade under 400 coins, then log 30 minutes of training and tell me how to look after it";
const TURNS = 1000;
/** Events that a connection tells before it breaks. */
const AT_ONCE = 4;

async function signUp() {
  at("signing up");
  await chooseBuild();
  await giveName(SLAYER);
  await page.getByLabel("Password").fill("wisteria-night");
  await page.getByRole("button", { name: "Enter the dojo" }).click();
  await page.getByRole("heading", { name: /^Welcome to the dojo/ }).waitFor();
}

/** The words of an answer as they stand on the screen. */
function words(turn) {
  return turn.locator("article .prose").allInnerTexts();
}

/** Cuts the answer's stream in the middle of an event, again and again, and reads it to its end. */
async function breakTheConnection() {
  at("breaking the connection in mid-stream");
  const marks = [];
  await page.route("**/agui", async (route) => {
    marks.push(route.request().headers()["last-event-id"] ?? null);
    const response = await route.fetch();
    const body = await response.text();
    const events = body.split("\n\n").filter((event) => event.includes("data:"));
    const kept = events.slice(0, AT_ONCE).join("\n\n");
    const last = events.length <= AT_ONCE;
    await route.fulfill({ response, body: last ? body : `${kept}\n\n${events[AT_ONCE].slice(0, 40)}` });
  });
  const turn = page.locator("[data-turn]").nth(await page.locator("[data-turn]").count());
  await page.getByLabel("Your message to the dojo").fill(LONG);
  await page.keyboard.press("Enter");
  await turn.waitFor();
  await page.locator("[data-turn=done]").waitFor({ timeout: 90_000 });
  await page.unroute("**/agui");
  assert.ok(marks.length > 2, `the connection broke only ${marks.length} times`);
  assert.equal(marks[0], null);
  assert.ok(marks.slice(1).every(Boolean), "the page came back without saying how far it had heard");
  const shown = await words(turn);
  const cards = await turn.locator("article[data-price]").count();
  const points = await turn.locator("[data-points]").count();
  await picture("chat-1-broken");
  at("comparing it with what is on record");
  await page.reload();
  await page.locator("[data-turn=done]").waitFor();
  const flat = (texts) => texts.join(" ").replace(/\s+/g, " ").trim();
  assert.equal(flat(shown), flat(await words(page.locator("[data-turn]").first())), "words were lost or repeated");
  assert.equal(cards, await page.locator("article[data-price]").count());
  assert.equal(points, 1);
  return marks.length;
}

/** Reloads while an answer forms: it is heard live, from the same run. */
async function reload() {
  at("reloading while an answer forms");
  await page.getByLabel("Your message to the dojo").fill("compare two katanas, then tell me how to oil a katana");
  await page.keyboard.press("Enter");
  await page.locator("[data-turn=streaming]").waitFor();
  await page.reload();
  await page.locator("[data-turn]").nth(1).waitFor();
  await page.locator("[data-turn=streaming], [data-turn=running]").waitFor({ state: "detached", timeout: 60_000 });
  assert.equal(await page.locator("[data-turn]").count(), 2, "the message stands there twice");
  assert.equal(await page.locator("[data-turn=done]").count(), 2);
}

async function stop() {
  at("stopping an answer");
  await page.route("**/agui", (route) => route.fetch().then(() => undefined)); // it arrives, and is never answered
  await page.getByLabel("Your message to the dojo").fill("how do I oil a spear?");
  await page.keyboard.press("Enter");
  await page.locator("[data-turn=streaming]").waitFor();
  await page.waitForTimeout(1_000);
  const told = page.waitForResponse("**/agui/stop");
  await page.getByRole("button", { name: "Stop the answer" }).click();
  assert.equal((await told).status(), 204);
  await page.locator("[data-turn=stopped]").waitFor();
  await page.unroute("**/agui");
  at("asking again for what was stopped");
  await page.locator("[data-turn=stopped]").getByRole("button", { name: "Try again" }).click();
  await untilDone(page.locator("[data-turn]").last());
  assert.equal(await page.locator("[data-turn=stopped]").count(), 0);
}

async function write() {
  at("writing with the keyboard");
  const box = page.getByLabel("Your message to the dojo");
  await box.click();
  await page.keyboard.type("one");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("two");
  assert.equal(await box.inputValue(), "one\ntwo");
  const [low, high] = [await box.boundingBox(), null].map((one) => one?.height ?? 0);
  assert.ok(low > 55 && high === 0, `the box does not grow: ${low} px`);
  await box.fill("");
  at("leaving an edit with Escape");
  const turn = page.locator("[data-turn]").first();
  await turn.hover();
  await turn.getByRole("button", { name: "Edit and send again" }).click();
  await page.getByText("You are changing an earlier message").waitFor();
  assert.equal(await box.inputValue(), LONG);
  await page.keyboard.press("Escape");
  assert.equal(await box.inputValue(), "");
  assert.equal(await page.getByText("You are changing an earlier message").count(), 0);
}

/** A thread of two thousand messages: what is drawn stays little, and scrolling back through it is smooth. */
async function longThread() {
  at("opening a thread of two thousand messages");
  const stored = (n) => ({
    turn_id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    message: `question ${n}`,
    reply: `Answer ${n}. `.repeat(30),
    route: ["coach"],
    citations: [],
    blocks: [],
    engine: "embedded",
    status: "done",
    created_at: "2026-01-01T00:00:00Z",
    feedback: null,
    error: null,
  });
  const id = "11111111-1111-4111-8111-111111111111";
  const turns = Array.from({ length: TURNS }, (_, n) => stored(n + 1));
  const thread = { thread_id: id, title: "Long", updated_at: "2026-01-01T00:00:00Z", turns, approval_id: null };
  await page.route(`**/threads/${id}`, (route) => route.fulfill({ json: thread }));
  await page.goto(new URL(`/t/${id}`, page.url()).href);
  await page.locator("[data-turn]").last().getByText(`question ${TURNS}`).waitFor();
  const log = page.getByRole("log");
  const atEnd = await log.evaluate((element) => {
    const room = element.closest(".overflow-y-auto");
    return room.scrollHeight - room.scrollTop - room.clientHeight;
  });
  assert.ok(atEnd < 2, `the newest is ${atEnd} px below`);
  at("scrolling back through it");
  const frames = await log.evaluate(async (element) => {
    const room = element.closest(".overflow-y-auto");
    const gaps = [];
    let before = performance.now();
    for (let frame = 0; frame < 240; frame++) {
      room.scrollTop -= 120;
      await new Promise(requestAnimationFrame);
      gaps.push(performance.now() - before);
      before = performance.now();
    }
    return { gaps: gaps.sort((a, b) => a - b), drawn: document.querySelectorAll("[data-turn]").length };
  });
  const [middle, worst] = [frames.gaps[120], frames.gaps.at(-3)];
  assert.ok(frames.drawn < 60, `${frames.drawn} turns are drawn`);
  const read = await firstSeen();
  assert.ok(read < TURNS - 20, `question ${read} is the first that is seen`);
  const place = await log.evaluate((element) => element.closest(".overflow-y-auto").scrollTop);
  await page.waitForTimeout(300);
  assert.equal(
    place,
    await log.evaluate((element) => element.closest(".overflow-y-auto").scrollTop),
    "the reader was moved",
  );
  assert.equal(await firstSeen(), read, "the reader was moved to another message");
  at("going to its beginning, and back");
  await log.evaluate((element) => element.closest(".overflow-y-auto").scrollTo(0, 0));
  await page.locator("[aria-posinset='1'] [data-turn]").waitFor();
  assert.equal(await firstSeen(), 1);
  await page.getByRole("button", { name: "Jump to the newest" }).click();
  await page.locator("[data-turn]").last().getByText(`question ${TURNS}`).scrollIntoViewIfNeeded();
  await page.unroute(`**/threads/${id}`);
  return { drawn: frames.drawn, middle: Math.round(middle), worst: Math.round(worst) };
}

/** The number of the first turn of which something is on the screen. */
function firstSeen() {
  return page.getByRole("log").evaluate((element) => {
    const edge = element.closest(".overflow-y-auto").getBoundingClientRect().top;
    const turns = [...element.querySelectorAll("[data-turn-key]")];
    return Number(turns.find((one) => one.getBoundingClientRect().bottom > edge)?.getAttribute("aria-posinset"));
  });
}

await tell(async (browser) => {
  const opened = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  await signUp();
  const connections = await breakTheConnection();
  await reload();
  await stop();
  await write();
  const scrolled = await longThread();
  await assertFits();
  at("checking that the page was quiet");
  assert.deepEqual(opened.faults, [], "the console or the network complained");
  await opened.context.close();
  return { connections, scrolled };
}, "chat-failure");
