// Where the browser is and what it is doing, and what every part of the story does with it.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "./browser.mjs";

export const SHOP_URL = process.argv[2] ?? process.env.SHOP_URL ?? "http://127.0.0.1:8000";
export const OUT_DIR = process.argv[3] ?? process.env.OUT_DIR ?? "test-results";
/** The first answer may wait for models to load. */
const PATIENCE = 90_000;

/** The page that is being driven. */
export let page;
/** What is being done, for the report of a failure. */
export let step = "starting the browser";

export function at(name) {
  step = name;
}

/** Runs a story in a browser and prints what it saw as JSON; on a failure says which step broke and leaves a picture of it. */
export async function tell(story, failure = "failure") {
  let browser;
  try {
    mkdirSync(OUT_DIR, { recursive: true });
    browser = await launchBrowser();
    const seen = await story(browser);
    console.log(JSON.stringify({ ok: true, ...seen, pictures: OUT_DIR }, null, 2));
  } catch (error) {
    let left = "";
    if (page && !page.isClosed()) {
      await picture(failure).catch(() => undefined);
      left = `\n(picture: ${join(OUT_DIR, `${failure}.png`)})`;
    }
    console.error(`FAILED while ${step}: ${error.message}${left}`);
    process.exitCode = 1;
  } finally {
    await browser?.close();
  }
}

/**
 * Opens the page, which remembers what it should not have: messages on the console, requests to somewhere else.
 *
 * With `time` (milliseconds) it is that time by the page's clock, and its timers wait for the story (page.clock).
 */
export async function openPage(browser, options, time = null) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Paris", ...options });
  context.setDefaultTimeout(20_000);
  if (time !== null) await context.clock.install({ time });
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
  page = opened;
  return { context, faults };
}

export function picture(name) {
  return page.screenshot({ path: join(OUT_DIR, `${name}.png`), animations: "disabled" });
}

/** The door's first two steps: a breathing style and a build. */
export async function chooseBuild() {
  await page.getByRole("radio", { name: "Water" }).check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Balanced" }).click();
  await page.getByRole("slider", { name: "Level" }).fill("10");
  await page.getByRole("button", { name: "Continue" }).click();
}

/** The door's third step, but for the password. */
export async function giveName({ handle, name }) {
  await page.getByLabel("Handle").fill(handle);
  await page.getByLabel("Slayer name").fill(name);
}

/** Gives the password, also after one that was refused, and goes in. */
export async function enterDojo({ name, password }) {
  await page.getByLabel("Password").fill(password);
  await page.locator("input[name=password][aria-invalid=true]").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Enter the dojo" }).click();
  await page.getByRole("heading", { name: `Welcome to the dojo, ${name}.` }).waitFor();
}

/** Comes back through the door; `look` is called with the form filled in. */
export async function signIn({ handle, name, password }, look = async () => undefined) {
  await page.getByRole("tab", { name: "Sign in" }).click();
  await page.getByLabel("Handle").fill(handle);
  await page.getByLabel("Password").fill(password);
  await look();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: `Welcome to the dojo, ${name}.` }).waitFor();
}

export async function ask(wish) {
  await page.getByLabel("Your message to the dojo").fill(wish);
  const send = page.getByRole("button", { name: "Send", exact: true });
  await send.click({ trial: true }); // waits for the turns before this one: until they are there, nothing can be sent
  const turn = page.locator("[data-turn]").nth(await page.locator("[data-turn]").count());
  await send.click();
  await untilDone(turn);
  return turn;
}

export async function untilDone(turn) {
  await turn.waitFor();
  await page.locator("[data-turn=streaming]").waitFor({ state: "detached", timeout: PATIENCE });
  const state = await turn.getAttribute("data-turn");
  assert.equal(state, "done", `the turn ended as "${state}": ${await turn.innerText()}`);
}

export async function closeCitation() {
  await page.keyboard.press("Escape");
  await page.locator("[data-citation]").waitFor({ state: "hidden" });
}

/** Opens the first citation of the answer's text and reads where it is from. */
export async function openCitation(turn) {
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

export async function assertFits() {
  const { wide, room } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth,
  }));
  assert.ok(wide <= room, `the page is ${wide} px wide in a window of ${room} px`);
}
