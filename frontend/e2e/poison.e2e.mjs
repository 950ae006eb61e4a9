// A manual that was poisoned, as the browser shows it: its page, the Coach's answer out of it and the passages behind the
// citations. Nothing runs, nothing is fetched from elsewhere, and nothing leads away without a warning.
//
//   node e2e/poison.e2e.mjs SHOP_URL OUT_DIR POISONED_FILE SLUG QUESTION...
//
// The library of that shop holds POISONED_FILE as the manual of the weapon SLUG; each QUESTION is answered out of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { newSlayer } from "./slayer.mjs";
import { ask, at, closeCitation, openPage, page, picture, SHOP_URL, tell } from "./visit.mjs";

const [FILE, SLUG, ...QUESTIONS] = process.argv.slice(4);
const POISON = readFileSync(FILE, "utf8").split("---\n").slice(2).join("---\n");
const SIZES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true },
};

/** What must not be in a part of the page that shows somebody's text (runs in the page). */
function poisonIn(part) {
  const active =
    "img, picture, video, audio, script, style, link, iframe, object, embed, form, input, svg image, math, base";
  const found = [...part.querySelectorAll(`:is(${active}):not([data-own])`)].map((element) => element.outerHTML);
  for (const element of part.querySelectorAll("*")) {
    const names = element.getAttributeNames();
    found.push(...names.filter((name) => name.startsWith("on")).map((name) => `${name} of ${element.tagName}`));
    const to = element.getAttribute("href") ?? element.getAttribute("xlink:href");
    if (to !== null && new URL(to, location.href).origin !== location.origin) found.push(`a link to ${to}`);
  }
  return found;
}

async function assertHarmless(part, where) {
  assert.deepEqual(await part.evaluate(poisonIn), [], `${where} shows what it must not`);
  assert.equal(await page.evaluate(() => window.poisoned), undefined, `${where}: a script ran`);
}

async function readTheManual() {
  await page.goto(`${SHOP_URL}/armoury/${SLUG}`);
  const manual = page.locator("[data-manual]");
  await manual.waitFor();
  assert.match(await manual.innerText(), /with silver paste at every full moon/, "the manual's honest words are gone");
  // The page's own drawings around the text are not the text's.
  for (const text of await manual.locator(".prose").all()) await assertHarmless(text, "the manual");
}

async function askTheCoach() {
  let cited = 0;
  for (const question of QUESTIONS) {
    const turn = await ask(question);
    for (const text of await turn.locator(".prose").all()) await assertHarmless(text, `the answer to "${question}"`);
    const chips = turn.locator("button.chip");
    for (let chip = 0; chip < (await chips.count()); chip++) {
      await chips.nth(chip).click();
      const passage = page.locator("[data-citation]");
      await passage.waitFor();
      await assertHarmless(passage.locator(".prose"), `a passage for "${question}"`);
      await closeCitation();
      cited++;
    }
  }
  return cited;
}

/** As if every line of defence before the page had failed: the server's answers hold the file as it was written. */
async function readItRaw(opened, size) {
  at("reading the manual as it was written");
  await page.route(`**/manuals/${SLUG}`, async (route) => {
    const answer = await route.fetch();
    const manual = await answer.json();
    manual.sections = [{ heading: "Maintenance", text: POISON }];
    await route.fulfill({ response: answer, json: manual });
  });
  await page.goto(`${SHOP_URL}/armoury/${SLUG}`);
  const text = page.locator("[data-manual] .prose").first();
  await text.waitFor();
  await assertHarmless(text, "the raw manual");
  const foreign = text.locator("[data-foreign]");
  assert.ok((await foreign.count()) > 3, "the raw manual shows no foreign link to be warned of");

  at("following a foreign link");
  const link = foreign.first();
  const host = await link.getAttribute("data-foreign");
  await link.scrollIntoViewIfNeeded();
  await picture(`${size}-poison-raw`);
  await link.click();
  const warning = page.getByRole("dialog", { name: "This link leaves HashiraMart" });
  await warning.getByText(host, { exact: true }).waitFor();
  await picture(`${size}-poison-warning`);
  await page.keyboard.press("Escape");
  await warning.waitFor({ state: "detached" });
  assert.ok(await link.evaluate((element) => element === document.activeElement), "the focus did not come back");
  assert.deepEqual(opened.faults, [], "something was fetched before anybody agreed");

  at("leaving on purpose");
  await opened.context.route(`**://${host}/**`, (route) =>
    route.fulfill({ contentType: "text/html", body: "elsewhere" }),
  );
  await link.click();
  const [elsewhere] = await Promise.all([
    opened.context.waitForEvent("page"),
    warning.getByRole("link", { name: `Go to ${host}` }).click(),
  ]);
  await elsewhere.waitForLoadState();
  assert.equal(await elsewhere.evaluate(() => window.opener), null, "the other page can reach this one");
  assert.equal(await elsewhere.evaluate(() => document.referrer), "", "the other page is told where the slayer was");
  await elsewhere.close();
}

/** The same for the Coach: the stored answer and its passages are replaced by the poison. */
async function rereadTheAnswerRaw() {
  at("reading a poisoned answer");
  await page.route("**/threads/*", async (route) => {
    const answer = await route.fetch();
    const thread = await answer.json();
    for (const turn of thread.turns) {
      turn.reply = `${POISON}\n\nSo it says [1].`;
      turn.citations = [{ n: 1, source: `manuals/${SLUG}.md`, section: "Maintenance", text: POISON }];
    }
    await route.fulfill({ response: answer, json: thread });
  });
  await page.goBack();
  await page.locator("[data-turn=done]").first().waitFor();
  await page.reload();
  const turn = page.locator("[data-turn=done]").first();
  await turn.locator("[data-foreign]").first().waitFor();
  for (const text of await turn.locator(".prose").all()) await assertHarmless(text, "the raw answer");
  await turn.locator("button.chip").first().click();
  await assertHarmless(page.locator("[data-citation] .prose"), "the raw passage");
  const link = page.locator("[data-citation] [data-foreign]").first();
  await link.click();
  await page
    .getByRole("dialog", { name: "This link leaves HashiraMart" })
    .getByRole("button", { name: "Stay here" })
    .click();
  assert.ok(await page.locator("[data-citation]").isVisible(), "staying closed the passage as well");
}

await tell(async (browser) => {
  let cited = 0;
  for (const size of Object.keys(SIZES)) {
    const slayer = await newSlayer();
    const opened = await openPage(browser, { ...SIZES[size], storageState: slayer.state });
    page.on("dialog", (dialog) => opened.faults.push(`a script opened a dialog: ${dialog.message()}`));
    at("reading a poisoned manual");
    await readTheManual();
    await picture(`${size}-poison-manual`);
    at("asking the Coach about it");
    await page.goto(SHOP_URL);
    cited += await askTheCoach();
    await readItRaw(opened, size);
    await rereadTheAnswerRaw();
    assert.deepEqual(opened.faults, [], "the console or the network complained");
    await opened.context.close();
    await slayer.close();
  }
  assert.ok(cited > 0, "no answer cites the poisoned manual");
  return { cited };
}, "poison-failure");
