// What comes in between: the network, the session, a reload and midnight.

import assert from "node:assert/strict";
import { endSessions } from "./slayer.mjs";
import { ask, at, page, picture, SHOP_URL, untilDone } from "./visit.mjs";

/** Sends a message that writes, reloads before its answer is there, and finds it once, answered, after the reload. */
export async function reloadInMidStream() {
  at("reloading while an answer forms");
  await page.goto(SHOP_URL);
  await page.getByRole("heading", { name: /^Welcome/ }).waitFor();
  await page.getByLabel("Your message to the dojo").fill("log 40 minutes of training and tell me how to oil a katana");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/t/*");
  await page.reload();
  await page.locator("[data-turn=done] [data-points]").waitFor({ timeout: 60_000 });
  assert.equal(await page.locator("[data-turn]").count(), 1, "the message stands there twice");
}

export async function goOfflineAndBack(opened) {
  at("losing the network");
  await opened.context.setOffline(true);
  await page.locator("[data-offline]").waitFor();
  await page.getByLabel("Your message to the dojo").fill("what is my rank?");
  await page.keyboard.press("Enter");
  await page.getByText("The dojo does not answer.").waitFor();
  assert.deepEqual(
    opened.faults.splice(0).filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault)),
    [],
  );
  at("coming back");
  await opened.context.setOffline(false);
  await page.locator("[data-offline]").waitFor({ state: "detached" });
  await page.locator("[data-turn=error]").getByRole("button", { name: "Try again" }).click();
  await page.locator("[data-turn=error]").waitFor({ state: "detached" });
  await untilDone(page.locator("[data-turn]").last());
  opened.faults.splice(0);
}

/** The session ends while a message is being written: the words, the address and the conversation are still there afterwards. */
export async function loseSessionInChat(opened, slayer, size) {
  at("losing the session while writing");
  const before = await ask("what is my rank?");
  const address = page.url();
  const box = page.getByLabel("Your message to the dojo");
  await box.fill("log 20 minutes of training");
  await endSessions(slayer);
  await page.keyboard.press("Enter");
  await page.getByText("Your session has ended.").waitFor();
  assert.match(await page.getByRole("alert").innerText(), /so is what you were writing/);
  assert.equal(await page.locator("[data-turn]").count(), 0, "the conversation can still be read");
  assert.equal(page.url(), address, "the address is gone");
  await picture(`${size}-session-ended`);
  onlyRefusals(opened);

  at("coming back to the conversation");
  await comeBack(slayer);
  await before.waitFor();
  assert.equal(page.url(), address, "the way back led elsewhere");
  await page.waitForFunction(() => document.querySelector("#message")?.value === "log 20 minutes of training");
  const turn = page.locator("[data-turn]").nth(await page.locator("[data-turn]").count());
  await box.press("Enter");
  await untilDone(turn);
  assert.equal(
    await turn.locator("[data-points]").getAttribute("data-points"),
    "2",
    "the words were sent twice or not at all",
  );
}

/** The session ends in another room, and before a reload: both times the page says so and leads back to the same address. */
export async function loseSessionInArmoury(opened, slayer) {
  at("losing the session in the armoury");
  await page.goto(`${SHOP_URL}/armoury?type=katana&sort=price`);
  const first = page.locator("article[data-price]").first();
  await first.waitFor();
  const address = page.url();
  await endSessions(slayer);
  await first.getByRole("link").first().click();
  await page.getByText("Your session has ended.").waitFor();
  await comeBack(slayer);
  await page.locator("[data-manual]").waitFor();
  await page.goBack();
  await first.waitFor();
  assert.equal(page.url(), address);

  at("losing the session before a reload");
  await endSessions(slayer);
  await page.reload();
  await page.getByText("Your session has ended.").waitFor();
  await comeBack(slayer);
  await first.waitFor();
  assert.equal(page.url(), address);
  onlyRefusals(opened);
}

/** Zones whose dates are one day apart at any moment: a slayer who moves from one to the other is a day further at once. */
export const EVENING = "Pacific/Niue"; // UTC-11
const MORNING = "Pacific/Tongatapu"; // UTC+13

/** Half a minute before the slayer's midnight, for the page's clock. */
export function lateInTheEvening() {
  const midnight = new Date(`${dayAt(EVENING)}T00:00:00-11:00`).getTime() + 86_400_000;
  return midnight - 30_000;
}

/**
 * The day ends while the dashboard is open; no reload, nothing is touched.
 *
 * The page is told that it is late in the evening. What day it is, only the server says: there the slayer's day turns because
 * they move to a zone that is a day ahead, which the page does not know of.
 */
export async function passMidnight(slayer, size) {
  at("checking in before midnight");
  await page.getByRole("link", { name: "Slayer", exact: true }).click();
  const [today, tomorrow] = [EVENING, MORNING].map(dayAt);
  await page.locator(`[data-today='${today}']`).waitFor();
  await page.getByRole("button", { name: /^Check in/ }).click();
  await page.locator("[data-days-here='1']").waitFor();
  const here = page.getByText("Here today", { exact: true });
  await here.first().waitFor();
  await slayer.change("/me", { timezone: MORNING });
  await page.clock.runFor(5_000);
  assert.equal(await page.locator(`[data-today='${today}']`).count(), 1, "the day turned before midnight");

  at("waiting for midnight");
  await page.clock.runFor(40_000);
  await page.locator(`[data-today='${tomorrow}']`).waitFor();
  assert.equal(await here.count(), 0, "yesterday's check-in counts for today");
  await page.getByText("1-day streak").first().waitFor();
  await page.getByRole("button", { name: /^Check in/ }).click();
  await page.locator("[data-days-here='2']").waitFor();
  await page.getByText("2-day streak").first().waitFor();
  await picture(`${size}-after-midnight`);
}

function dayAt(timeZone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date());
}

async function comeBack({ handle, password }) {
  await page.getByLabel("Handle").fill(handle);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
}

/** The browser itself reports what the server refuses: these refusals were asked for, and nothing else may stand there. */
function onlyRefusals(opened) {
  assert.deepEqual(
    opened.faults.splice(0).filter((fault) => !/\b401\b/.test(fault)),
    [],
  );
}
