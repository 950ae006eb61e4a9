// The page, driven as a slayer would: sign up, ask for several things at once, look at the cards and a source, reload,
// order in the chat and in the armoury, find oneself on the leaderboard, come back on a phone. Prints what it saw as JSON; on a failure says which step broke and leaves a picture of it.
//
//   node e2e/page.e2e.mjs [SHOP_URL] [OUT_DIR]     (or the environment variables of these names)

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "./browser.mjs";

const SHOP_URL = process.argv[2] ?? process.env.SHOP_URL ?? "http://127.0.0.1:8000";
const OUT_DIR = process.argv[3] ?? process.env.OUT_DIR ?? "test-results";
const WISH = "recommend me a blade under 400 coins, then log 30 minutes of training and tell me how to look after it";
const BUDGET = 400;
const SLAYER = { handle: `tide${Date.now().toString(36)}`, password: "long-exhale-7", name: "Sabine of the Tide" };

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true };
/** The first answer may wait for models to load. */
const PATIENCE = 90_000;

let step = "starting the browser";
let page;

/** A page that remembers what it should not have: messages on the console, requests to somewhere else. */
async function openPage(browser, options) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Paris", ...options });
  context.setDefaultTimeout(20_000);
  const faults = [];
  const opened = await context.newPage();
  opened.on("console", (message) => faults.push(`console ${message.type()}: ${message.text()}`));
  opened.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  opened.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(SHOP_URL).origin) faults.push(`request left: ${request.url()}`);
  });
  opened.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} from ${response.url()}`);
  });
  await opened.goto(SHOP_URL);
  return { page: opened, context, faults };
}

function picture(name) {
  return page.screenshot({ path: join(OUT_DIR, `${name}.png`), animations: "disabled" });
}

async function signUp(faults) {
  await page.getByLabel("Handle").fill(SLAYER.handle);
  await page.getByLabel("Slayer name").fill(SLAYER.name);
  await page.getByRole("radio", { name: "Water" }).check({ force: true });

  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Enter the dojo" }).click();
  await page.locator("input[name=password][aria-invalid=true]").waitFor();
  assert.match(await page.getByLabel("Password").evaluate(describedBy), /8/, "the complaint does not say how long");
  // The browser itself reports a refused request on the console: this one was asked for.
  const refused = faults.splice(0).filter((fault) => !/\b422\b/.test(fault));
  assert.deepEqual(refused, [], "the refused password was not the only trouble");

  await page.getByLabel("Password").fill(SLAYER.password);
  await page.locator("input[name=password][aria-invalid=true]").waitFor({ state: "detached" });
  await page.getByRole("tab", { name: "Create a slayer" }).scrollIntoViewIfNeeded();
  await picture("desktop-1-gate");
  await page.getByRole("button", { name: "Enter the dojo" }).click();
  await page.getByRole("heading", { name: `Welcome to the dojo, ${SLAYER.name}.` }).waitFor();
}

/** The text that describes a form field (runs in the page). */
function describedBy(element) {
  return document.getElementById(element.getAttribute("aria-describedby")).textContent;
}

async function ask(wish) {
  const turn = page.locator("[data-turn]").nth(await page.locator("[data-turn]").count());
  await page.getByLabel("Your message to the dojo").fill(wish);
  await page.getByRole("button", { name: "Send" }).click();
  await untilDone(turn);
  return turn;
}

async function untilDone(turn) {
  await turn.waitFor();
  await page.locator("[data-turn=streaming]").waitFor({ state: "detached", timeout: PATIENCE });
  const state = await turn.getAttribute("data-turn");
  assert.equal(state, "done", `the turn ended as "${state}": ${await turn.innerText()}`);
}

async function readCards(turn) {
  const cards = await turn.locator("article[data-price]").evaluateAll((elements) =>
    elements.map((element) => ({
      name: element.getAttribute("aria-label"),
      slug: element.dataset.slug,
      price: Number(element.dataset.price),
      text: element.innerText,
    })),
  );
  assert.ok(cards.length > 0, "there are no weapon cards");
  for (const card of cards) {
    assert.ok(card.price <= BUDGET, `${card.name} costs ${card.price} coins, more than ${BUDGET}`);
    assert.ok(card.text.includes(`${card.price} coins`), `the card of ${card.name} does not show its price`);
    assert.match(card.text, /Chance to win with it\s+\d+%/, `the card of ${card.name} shows no score`);
  }
  await turn.locator("article[data-price] img").first().scrollIntoViewIfNeeded();
  const drawn = turn.locator("article[data-price] img").first();
  await drawn.evaluate((image) => image.decode());
  assert.ok(await drawn.evaluate((image) => image.naturalWidth > 0), "the first weapon's picture did not load");
  return cards;
}

async function readRoute(turn) {
  return (await turn.getByRole("list", { name: "Specialists who acted" }).innerText()).trim().split(/\s+/);
}

async function closeCitation() {
  await page.keyboard.press("Escape");
  await page.locator("[data-citation]").waitFor({ state: "hidden" });
}

/** Opens the first citation of the answer's text and reads where it is from. */
async function openCitation(turn) {
  await turn.locator("button.chip").first().click();
  const passage = page.locator("[data-citation]");
  await passage.waitFor();
  const [source, section, text] = await Promise.all([
    passage.locator("dd").nth(2).innerText(),
    passage.locator("dd").nth(1).innerText(),
    passage.locator(".prose").innerText(),
  ]);
  assert.ok(text.trim().length > 20, `the passage behind the citation is empty: "${text}"`);
  return { source, section };
}

/** Asks for a weapon, lets the question survive a reload, and says yes. Gives the turn in which it is ordered. */
async function orderInChat(weapon) {
  step = `asking for the ${weapon.name}`;
  const asked = await ask(`buy the ${weapon.name}`);
  const question = await asked.locator("[data-approval][data-fate=waiting]").innerText();
  assert.ok(question.includes(weapon.name), `the question does not name the ${weapon.name}: ${question}`);
  assert.ok(question.includes(`${weapon.price} coins`), `the question does not name the price: ${question}`);
  assert.equal(await page.locator("[data-order]").count(), 0, "it was ordered without a yes");
  await asked.locator("[data-approval]").scrollIntoViewIfNeeded();
  await picture("desktop-6-approval");

  step = "reloading while the question waits";
  await page.reload();
  await page.locator("[data-approval]").waitFor();
  assert.equal(
    await page.locator("[data-approval]").getAttribute("data-fate"),
    "waiting",
    "the reload lost the question",
  );

  step = "saying yes";
  const resumed = page.locator("[data-turn]").nth(await page.locator("[data-turn]").count());
  const yes = page.getByRole("button", { name: "Yes, order it" });
  await yes.click();
  await resumed.getByText("Yes, order it.").first().waitFor();
  await untilDone(resumed);
  assert.ok(
    (await resumed.locator("[data-order]").innerText()).includes(weapon.name),
    "the receipt is for another weapon",
  );
  assert.equal(await page.locator("[data-approval]").getAttribute("data-fate"), "ordered");
  assert.ok(await yes.isDisabled(), "the question can be answered twice");

  step = "reading how to look after it";
  const citation = await openCitation(resumed);
  assert.equal(citation.source, `manuals/${weapon.slug}.md`, "the care is not from the ordered weapon's manual");
  await closeCitation();
  await resumed.locator("[data-order]").scrollIntoViewIfNeeded();
  await picture("desktop-7-order");
}

/** Orders the first weapon of the armoury that can be had; gives its name. */
async function orderInArmoury() {
  step = "ordering in the armoury";
  await page.getByRole("searchbox").fill("");
  const free = page.getByRole("button", { name: /^Order the / }).filter({ visible: true });
  await free.nth(1).waitFor(); // more than the one that was searched for: the whole armoury is back
  const name = (await free.first().getAttribute("aria-label")).replace("Order the ", "");
  const card = page.getByRole("article", { name, exact: true }).filter({ visible: true });
  await free.first().click();
  await picture("desktop-9-order-here");
  await card.getByRole("button", { name: "Yes, order it" }).click();
  await card.getByText("Yours").waitFor();
  return name;
}

/** The own row of the leaderboard: without a name until its slayer allows it. */
async function standOnLeaderboard() {
  const own = page.getByRole("dialog").locator("li[aria-current=true]");
  step = "opening the leaderboard";
  await page.getByRole("button", { name: "Leaderboard" }).click();
  assert.match(await own.innerText(), /A slayer[^]*3 points/, "the own row is missing or tells the name");
  await page.keyboard.press("Escape");

  step = "allowing the name on the leaderboard";
  const consent = page.locator("aside").getByRole("switch", { name: "Show my name on the leaderboard" });
  await consent.click();
  await page.locator("aside").getByRole("switch", { checked: true }).waitFor();
  await page.getByRole("button", { name: "Leaderboard" }).click();
  await own.getByText(SLAYER.name).waitFor();
  await picture("desktop-10-leaderboard");
  await page.keyboard.press("Escape");
}

async function assertFits() {
  const { wide, room } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth,
  }));
  assert.ok(wide <= room, `the page is ${wide} px wide in a window of ${room} px`);
}

async function onDesktop(browser) {
  const opened = await openPage(browser, DESKTOP);
  page = opened.page;
  step = "signing up";
  await signUp(opened.faults);
  await picture("desktop-2-welcome");

  step = "asking for a blade, a log entry and care";
  const turn = await ask(WISH);
  const route = await readRoute(turn);
  assert.deepEqual(route, ["Recommender", "Quartermaster", "Coach"], `the route was ${route.join(", ")}`);

  step = "reading the cards";
  const cards = await readCards(turn);
  await picture("desktop-3-cards");

  step = "reading the points";
  const block = turn.locator("[data-points]");
  assert.equal(await block.getAttribute("data-points"), "3", "30 minutes of training are not 3 points");
  await page
    .getByTestId("points")
    .filter({ hasText: /^3 points$/ })
    .waitFor();

  step = "opening a citation";
  const citation = await openCitation(turn);
  assert.equal(citation.source, `manuals/${cards[0].slug}.md`, "the citation is not from the first card's manual");
  await picture("desktop-4-citation");
  await closeCitation();
  await turn.locator("button.chip").first().scrollIntoViewIfNeeded();
  await picture("desktop-5-answer");

  step = "reloading the page";
  const address = page.url();
  await page.reload();
  await page.locator("[data-turn=done]").getByText(WISH).waitFor();
  assert.equal(page.url(), address, "the reload left the conversation");
  const kept = page.locator("[data-turn=done]");
  assert.equal(await kept.locator("article[data-price]").count(), cards.length, "the cards are gone after the reload");
  assert.ok((await kept.locator("button.chip").count()) > 0, "the citations are gone after the reload");

  await orderInChat(cards[0]);

  step = "looking around in the armoury";
  await page.getByRole("link", { name: "Armoury" }).click();
  await page.getByRole("searchbox").fill(cards[0].name);
  const owned = page.locator(`article[data-slug="${cards[0].slug}"]`).filter({ visible: true });
  await owned.getByText("Yours").waitFor();
  assert.equal(await owned.getByRole("button", { name: /^Order/ }).count(), 0, "what is owned can be ordered again");
  await picture("desktop-8-armoury");
  await assertFits();
  const ordered = [cards[0].name, await orderInArmoury()];
  await standOnLeaderboard();

  step = "checking that the desktop was quiet";
  assert.deepEqual(opened.faults, [], "the console or the network complained");
  await opened.context.close();
  return { route, cards: cards.map(({ name, price }) => ({ name, price })), citation, ordered };
}

async function onPhone(browser) {
  const opened = await openPage(browser, { ...PHONE, colorScheme: "dark" });
  page = opened.page;
  step = "signing in on a phone";
  await page.getByRole("tab", { name: "Sign in" }).click();
  await page.getByLabel("Handle").fill(SLAYER.handle);
  await page.getByLabel("Password").fill(SLAYER.password);
  await picture("phone-1-gate");
  await assertFits();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Welcome to the dojo" }).waitFor();

  step = "opening the conversation from the phone's menu";
  await page.getByRole("button", { name: "Conversations" }).click();
  await page.getByRole("dialog").getByRole("navigation").getByRole("listitem").first().getByRole("link").click();
  const turn = page.locator("[data-turn=done]");
  await turn.locator("article[data-price]").first().scrollIntoViewIfNeeded();
  await picture("phone-2-cards");
  await turn.locator("button.chip").first().scrollIntoViewIfNeeded();
  await assertFits();

  step = "opening a citation on a phone";
  await openCitation(turn);
  await picture("phone-3-citation");

  step = "opening the leaderboard on a phone";
  await closeCitation();
  await page.getByRole("button", { name: "Leaderboard" }).click();
  await page.getByRole("dialog").locator("li[aria-current=true]").waitFor();
  await assertFits();
  await picture("phone-4-leaderboard");

  step = "checking that the phone was quiet";
  assert.deepEqual(opened.faults, [], "the console or the network complained");
  await opened.context.close();
}

async function main() {
  mkdirSync(OUT_DIR, { recursive: true });
  const browser = await launchBrowser();
  try {
    const seen = await onDesktop(browser);
    await onPhone(browser);
    console.log(JSON.stringify({ ok: true, ...seen, pictures: OUT_DIR }, null, 2));
  } catch (error) {
    if (page && !page.isClosed()) await picture("failure").catch(() => undefined);
    console.error(`FAILED while ${step}: ${error.message}\n(picture: ${join(OUT_DIR, "failure.png")})`);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

await main().catch((error) => {
  console.error(`FAILED while ${step}: ${error.message}`);
  process.exitCode = 1;
});
