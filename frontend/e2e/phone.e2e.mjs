// The main path on a phone, by touch: the door, several wishes at once, a question after them, buying, thumbs, the list of
// conversations, the armoury's filters, and a picture that is called off.
//
//   node e2e/phone.e2e.mjs [SHOP_URL] [OUT_DIR]     (or the environment variables of these names)

import assert from "node:assert/strict";
import { ask, assertFits, at, chooseBuild, closeCitation, enterDojo, giveName } from "./visit.mjs";
import { openCitation, openPage, page, picture, tell, untilDone } from "./visit.mjs";

const PHONE = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true };
const SLAYER = { handle: `pocket${Date.now().toString(36)}`, password: "long-exhale-7", name: "Kaede of the Road" };
const WISH = "recommend me a blade under 400 coins, then log 30 minutes of training and tell me how to look after it";

async function comeIn() {
  at("coming in on a phone");
  await chooseBuild();
  await assertFits();
  await giveName(SLAYER);
  await enterDojo(SLAYER);
  await page.locator("[data-first-blade] button").first().waitFor();
  await assertFits();
}

async function wish() {
  at("wishing for several things on a phone");
  const turn = await ask(WISH);
  const cards = turn.locator("article[data-price]");
  assert.ok((await cards.count()) > 0, "there are no weapon cards");
  assert.equal(await turn.locator("[data-points]").getAttribute("data-points"), "3");
  await openCitation(turn);
  await assertFits();
  await closeCitation();
  const weapon = await cards.first().getAttribute("aria-label");

  at("asking a question after it on a phone");
  const after = await ask("and how do I oil it?");
  assert.ok((await after.locator("button.chip").count()) > 0, "the second answer cites nothing");

  at("liking it on a phone");
  const good = after.getByRole("button", { name: "Good answer" });
  await good.tap();
  await page.waitForFunction(() => document.querySelectorAll('[aria-pressed="true"]').length > 0);
  assert.equal(await good.getAttribute("aria-pressed"), "true");
  await assertFits();
  return weapon;
}

async function buy(weapon) {
  at("buying on a phone");
  const asked = await ask(`buy the ${weapon}`);
  await asked.locator("[data-approval][data-fate=waiting]").waitFor();
  const resumed = page.locator("[data-turn]").nth(await page.locator("[data-turn]").count());
  await page.getByRole("button", { name: "Yes, order it" }).tap();
  await untilDone(resumed);
  assert.ok((await resumed.locator("[data-order]").innerText()).includes(weapon), "the receipt is for another weapon");
  await resumed.locator("[data-order]").scrollIntoViewIfNeeded();
  await assertFits();
  await picture("phone-8-bought");
}

async function listConversations() {
  at("renaming a conversation on a phone");
  await page.getByRole("button", { name: "Conversations" }).tap();
  const list = page.getByRole("dialog");
  await list
    .getByRole("button", { name: /^Rename/ })
    .first()
    .tap();
  await list.getByRole("textbox", { name: "Title" }).fill("On the road");
  await page.keyboard.press("Enter");
  await list.getByRole("link", { name: /On the road/ }).waitFor();
  await picture("phone-9-conversations");
  await list.getByRole("link", { name: /On the road/ }).tap();
  await list.waitFor({ state: "hidden" });
}

async function filter() {
  at("filtering the armoury on a phone");
  await page.getByRole("link", { name: "Armoury" }).tap();
  await page.locator("article[data-price]").filter({ visible: true }).first().waitFor();
  await page.getByRole("button", { name: "Filters" }).tap();
  await page.getByLabel("Type", { exact: true }).selectOption("katana");
  await page.getByLabel("Highest price").fill("400");
  await page.waitForURL(/type=katana.*max_price=400/);
  await page.waitForFunction(() => {
    const cards = [...document.querySelectorAll("article[data-slug]")].filter((card) => card.checkVisibility());
    return (
      cards.length > 0 && cards.every((card) => /katana/.test(card.innerText) && Number(card.dataset.price) <= 400)
    );
  });
  await assertFits();
}

async function callOffAPicture() {
  at("calling a picture off on a phone");
  await page.getByRole("link", { name: "Dojo" }).tap();
  const turn = await ask("draw me three pictures with the Heron Spear");
  const bar = turn.getByRole("progressbar").last();
  await bar.waitFor();
  await bar.scrollIntoViewIfNeeded();
  await assertFits();
  await turn.getByRole("button", { name: "Cancel the picture" }).last().tap();
  await turn.locator("[data-picture=cancelled]").first().waitFor();
  for (const button of await turn.getByRole("button", { name: "Cancel the picture" }).all()) {
    await button.tap({ timeout: 2_000 }).catch(() => undefined); // painted meanwhile
  }
}

await tell(async (browser) => {
  const opened = await openPage(browser, PHONE);
  await comeIn();
  const weapon = await wish();
  await buy(weapon);
  await listConversations();
  await filter();
  await callOffAPicture();
  at("checking that the phone was quiet");
  assert.deepEqual(opened.faults, [], "the console or the network complained");
  return { weapon };
}, "phone-failure");
