// The rooms beside the chat, driven as a slayer would, by keyboard where that is the point.
//
//   node e2e/rooms.mjs [SHOP_URL] [OUT_DIR]

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { goOfflineAndBack, reloadInMidStream } from "./lapses.mjs";
import { ask, assertFits, at, openPage, page, picture, tell, untilDone } from "./visit.mjs";

const DESKTOP = { viewport: { width: 1280, height: 800 }, acceptDownloads: true };
const SLAYER = { handle: `rooms${Date.now().toString(36)}`, password: "long-exhale-7", name: "Kaede" };

/** Through the door by keyboard alone: style, build, name, and a first suggestion. */
async function enterByKeyboard() {
  at("coming in by keyboard");
  const press = (...keys) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  await page.getByRole("radio", { name: "Water" }).focus();
  await press("ArrowRight"); // Flame
  assert.ok(await page.getByRole("radio", { name: "Flame" }).isChecked(), "the arrow keys do not pick a style");
  await press("Enter");
  await page.getByRole("heading", { name: /^Step 2 of 3/ }).waitFor();
  await page.getByRole("button", { name: "Swift" }).focus();
  await press("Space");
  await page.getByRole("button", { name: "Continue" }).focus();
  await press("Enter");
  await page.getByLabel("Slayer name").focus();
  await page.keyboard.type(SLAYER.name);
  await press("Tab");
  await page.keyboard.type(SLAYER.handle);
  await press("Tab");
  await page.keyboard.type(SLAYER.password);
  await press("Enter");
  await page.getByRole("heading", { name: `Welcome to the dojo, ${SLAYER.name}.` }).waitFor();
  await page.locator("[data-first-blade] button").first().waitFor();
}

async function goByPalette() {
  at("going to the armoury by Ctrl+K");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /room/ }).waitFor();
  await page.keyboard.type("armou");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/armoury");
  await page.locator("article[data-price]").first().waitFor();
}

async function filterTheArmoury() {
  at("filtering the armoury");
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByLabel("Type", { exact: true }).selectOption("katana");
  await page.getByLabel("Highest price").fill("400");
  await page.getByLabel("Weight up to").selectOption("1.5");
  await page.getByLabel("Order", { exact: true }).selectOption("-price");
  await page.waitForURL(/type=katana.*max_price=400.*max_weight=1.5.*sort=-price/);
  const seen = async () =>
    page
      .locator("article[data-price]")
      .evaluateAll((cards) => cards.map((card) => ({ price: Number(card.dataset.price), text: card.innerText })));
  await page.waitForFunction(() =>
    [...document.querySelectorAll("article[data-price]")].every((card) => /katana/.test(card.innerText)),
  );
  const cards = await seen();
  assert.ok(cards.length > 0, "no katana under 400 coins");
  assert.ok(
    cards.every(({ price }) => price <= 400),
    "a weapon over the budget is shown",
  );
  assert.deepEqual(
    cards.map(({ price }) => price),
    cards.map(({ price }) => price).sort((a, b) => b - a),
    "not by price",
  );

  at("finding the same search after a reload");
  await page.reload();
  await page.locator("article[data-price]").first().waitFor();
  assert.deepEqual(
    (await seen()).map(({ price }) => price),
    cards.map(({ price }) => price),
  );
}

async function readTheManual() {
  at("reading a manual");
  const name = await page.locator("article[data-price]").first().getAttribute("aria-label");
  await page.getByRole("link", { name, exact: true }).click();
  await page.locator("[data-manual]").waitFor();
  assert.equal(await page.title(), `${name} · HashiraMart`);
  assert.ok((await page.getByRole("heading", { level: 2 }).count()) > 3, "the manual has no chapters");
  await page.getByRole("link", { name: "Maintenance" }).click();
  assert.match(page.url(), /#maintenance$/);
  await picture("rooms-manual");

  at("asking the Coach about a chapter");
  await page.locator("#maintenance").getByRole("button", { name: "Ask the Coach about this" }).click();
  await page.locator("[data-turn]").first().waitFor();
  await untilDone(page.locator("[data-turn]").first());

  at("going back to the manual");
  await page.goBack();
  await page.goBack();
  await page.locator("[data-manual]").waitFor();
  return name;
}

async function changeTheConversation() {
  at("going back to the conversation");
  await page.getByRole("link", { name: "Dojo" }).click();
  const turn = await ask("my left knee is bad, remember that");
  assert.equal(await turn.getAttribute("data-turn"), "done");

  at("editing a message and sending it again");
  await turn.hover();
  await turn.getByRole("button", { name: "Edit and send again" }).click();
  await page.getByLabel("Your message to the dojo").fill("log 20 minutes of training");
  const again = page.locator("[data-turn]").nth(await page.locator("[data-turn]").count());
  await page.keyboard.press("Enter");
  await untilDone(again);
  await again.locator("[data-points]").waitFor();

  at("asking one of the suggested questions");
  const next = page.locator("[data-turn]").nth(await page.locator("[data-turn]").count());
  await page.getByRole("list", { name: "Ask next" }).getByRole("button").first().click();
  await untilDone(next);

  at("giving the conversation another title");
  const list = page.locator("aside");
  await list.getByRole("listitem").first().hover();
  await list
    .getByRole("button", { name: /^Rename/ })
    .first()
    .click();
  await page.getByRole("textbox", { name: "Title" }).fill("Knee and oil");
  await page.keyboard.press("Enter");
  await list.getByRole("link", { name: /Knee and oil/ }).waitFor();

  at("finding it by what was said in it");
  await list.getByRole("searchbox").fill("knee");
  await list.getByRole("link", { name: /Knee and oil/ }).waitFor();
  await list.getByRole("searchbox").fill("kumquat");
  await list.getByText("No conversation holds these words.").waitFor();
  await list.getByRole("searchbox").fill("");
}

async function lookAtTheSlayer() {
  at("looking at the slayer");
  await page.getByRole("link", { name: "Slayer", exact: true }).click();
  await page.locator("[data-minutes='60']").waitFor();
  await page.getByRole("button", { name: /^Check in/ }).click();
  await page.locator("[data-days-here='1']").waitFor();
  await page.getByText("Here today", { exact: true }).first().waitFor();
  await picture("rooms-slayer");
  await assertFits();

  at("changing level and clock");
  await page.getByRole("button", { name: "Edit the profile" }).click();
  const form = page.locator("[data-profile-form]");
  await form.getByRole("slider", { name: "Level" }).fill("33");
  await form.getByLabel("Time zone").selectOption("Pacific/Kiritimati");
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  await page.getByLabel("Standing").getByText("33").waitFor();
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Kiritimati" }).format(new Date());
  await page.locator(`[data-today='${today}']`).waitFor();

  at("making the Coach forget");
  await page.getByRole("button", { name: /^Forget “.*knee/ }).click();
  await page.getByText("Nothing yet. Tell the Coach of an old injury").waitFor();

  at("taking one's data along");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download my data" }).click(),
  ]);
  assert.equal(JSON.parse(readFileSync(await file.path(), "utf8")).account.handle, SLAYER.handle);
}

async function endTheSession(opened) {
  at("losing the session");
  await opened.context.clearCookies();
  await page.getByRole("link", { name: "Ranking" }).click();
  await page.getByText("Your session has ended.").waitFor();
  opened.faults.splice(0);
  at("coming back to the same room");
  await page.getByLabel("Handle").fill(SLAYER.handle);
  await page.getByLabel("Password").fill(SLAYER.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Ranking" }).waitFor();
}

async function leaveForGood(opened) {
  at("leaving for good");
  await page.getByRole("link", { name: "Slayer", exact: true }).click();
  await page.getByRole("button", { name: "Leave for good" }).click();
  await page.getByLabel("Password").fill("not my password");
  await page.getByRole("button", { name: "Delete my account" }).click();
  await page.getByText("This is not your password.").waitFor();
  assert.deepEqual(
    opened.faults.splice(0).filter((fault) => !/\b422\b/.test(fault)),
    [],
  );
  await page.getByLabel("Password").fill(SLAYER.password);
  await page.getByRole("button", { name: "Delete my account" }).click();
  await page.getByText("Your account is deleted. Farewell.").waitFor();
}

await tell(async (browser) => {
  const opened = await openPage(browser, DESKTOP);
  await enterByKeyboard();
  await goByPalette();
  await filterTheArmoury();
  const manual = await readTheManual();
  await changeTheConversation();
  await reloadInMidStream();
  at("checking that the page was quiet");
  assert.deepEqual(opened.faults, [], "the console or the network complained");
  await goOfflineAndBack(opened);
  await lookAtTheSlayer();
  assert.deepEqual(opened.faults, [], "the console or the network complained");
  await endTheSession(opened);
  await leaveForGood(opened);
  return { manual };
}, "rooms-failure");
