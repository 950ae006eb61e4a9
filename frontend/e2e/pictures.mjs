// Pictures: asked for in the chat, watched step by step, called off, looked at, asked for again, and kept in the gallery.

import assert from "node:assert/strict";
import { ask, assertFits, at, page, picture } from "./visit.mjs";

/** A picture waits for its turn behind whatever else the machine does. */
const PAINTING = 240_000;

/** Asks for a picture, watches the bar and the frames, and reads where the picture comes from. Gives its seed. */
export async function paintInChat() {
  at("asking for a picture");
  const turn = await ask("draw me with the Heron Spear in a low guard at night in the snow");
  const bar = turn.getByRole("progressbar");
  await turn.locator("[role=progressbar][aria-valuemax]").waitFor();
  const total = Number(await bar.getAttribute("aria-valuemax"));
  assert.ok(total > 1, `the bar has ${total} steps`);

  at("watching it being painted");
  await turn.locator("img[data-step]").waitFor({ timeout: PAINTING });
  await bar.scrollIntoViewIfNeeded();
  await picture("desktop-13-painting");
  assert.match(await bar.getAttribute("aria-valuetext"), /Step \d+ of \d+/);
  await turn.locator("[data-picture=done]").waitFor({ timeout: PAINTING });
  const drawn = turn.locator("[data-picture=done] img").first();
  await drawn.evaluate((image) => image.decode());
  assert.ok(await drawn.evaluate((image) => image.naturalWidth >= 128), "the picture is too small to be one");
  await turn.locator("[data-picture=done]").scrollIntoViewIfNeeded();
  await picture("desktop-14-picture");

  at("looking at it");
  const opener = turn.getByRole("button", { name: /^Look at the picture/ });
  await opener.click();
  const rows = await provenance();
  assert.equal(rows.Weapon, "Heron Spear");
  assert.equal(rows.Pose, "guard");
  assert.match(rows["Checkpoint hash"], /^[0-9a-f]{12}/);
  await picture("desktop-15-view");
  await page.keyboard.press("Escape");
  await page.locator("[data-picture-view][open]").waitFor({ state: "detached" });
  assert.ok(await opener.evaluate((element) => element === document.activeElement), "the focus did not come back");

  at("downloading it");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    turn.getByRole("link", { name: "Download" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), `heron-spear-${rows.Seed}.png`);
  return rows.Seed;
}

/** "Again with changes": the box is filled, the seed stays; then one that is called off. */
export async function paintAgain(seed) {
  at("asking for it again with a change");
  const box = page.getByLabel("Your message to the dojo");
  await page.locator("[data-picture=done]").last().getByRole("button", { name: "Again with changes" }).click();
  await page.waitForFunction(() => document.querySelector("textarea#message")?.value === "Again, but ");
  assert.ok(await box.evaluate((element) => element === document.activeElement), "the box has not got the focus");
  const turn = await ask("Again, but in the rain");
  await turn.locator("[data-picture=done]").waitFor({ timeout: PAINTING });
  await turn.getByRole("button", { name: /^Look at the picture/ }).click();
  const rows = await provenance();
  assert.deepEqual([rows.Weapon, rows.Seed, rows.Pose], ["Heron Spear", seed, "guard"], "weapon, seed or pose changed");
  assert.match(rows.Scene, /at night.*in the rain/);
  await page.keyboard.press("Escape");

  at("calling pictures off");
  const many = await ask("draw four more");
  await many.getByRole("progressbar").last().waitFor();
  const buttons = many.getByRole("button", { name: "Cancel the picture" });
  for (let left = await buttons.count(); left > 0; left = await buttons.count()) {
    const before = await ended();
    await buttons.last().click();
    await page.waitForFunction(
      (count) => document.querySelectorAll("[data-picture=cancelled], [data-picture=done]").length > count,
      before,
    );
  }
  assert.ok((await many.locator("[data-picture=cancelled]").count()) > 0, "no picture was called off");
}

/** The gallery: both pictures hang there, can be turned, asked for again and deleted. */
export async function visitGallery(seed) {
  at("visiting the gallery");
  await page.getByRole("link", { name: "Gallery" }).click();
  const tiles = page.locator("[data-image-id]");
  await tiles.nth(1).waitFor();
  const before = await tiles.count();
  assert.equal(
    await page.getByText("Cancelled").filter({ visible: true }).count(),
    0,
    "what was called off hangs there",
  );
  await tiles.locator("img").evaluateAll((images) => Promise.all(images.map((image) => image.decode())));
  await picture("desktop-16-gallery");
  await assertFits();

  at("turning from picture to picture");
  await tiles.first().click();
  const first = await provenance();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(
    (scene) => !document.querySelector("[data-provenance]").innerText.includes(scene),
    first.Scene,
  );
  const second = await provenance();
  assert.notEqual(second.Scene, first.Scene);
  await page.keyboard.press("ArrowLeft");

  at("deleting a picture");
  const view = page.locator("[data-picture-view][open]");
  await view.getByRole("button", { name: "Delete" }).click();
  await picture("desktop-17-delete");
  await view.getByRole("button", { name: "Delete for good" }).click();
  await view.waitFor({ state: "detached" });
  assert.equal(await tiles.count(), before - 1);

  at("taking a picture back to the dojo");
  await tiles.first().click();
  await view.getByRole("button", { name: "Again with changes" }).click();
  await page.waitForFunction(
    ([begun]) => new RegExp(begun).test(document.querySelector("textarea#message")?.value ?? ""),
    [`^Draw me with the Heron Spear, .*seed ${seed}, but $`],
  );
  await page.getByLabel("Your message to the dojo").fill("");
  return before;
}

/** On a phone: gallery and full view fit. */
export async function galleryOnPhone() {
  at("visiting the gallery on a phone");
  await page.getByRole("link", { name: "Gallery" }).click();
  await page.locator("[data-image-id]").first().waitFor();
  await assertFits();
  await picture("phone-6-gallery");
  await page.locator("[data-image-id]").first().click();
  await page.locator("[data-picture-view][open] img").evaluate((image) => image.decode());
  await picture("phone-7-view");
  await assertFits();
  await page.keyboard.press("Escape");
}

function ended() {
  return page.locator("[data-picture=cancelled], [data-picture=done]").count();
}

/** The table of the open view, by its row headers. */
async function provenance() {
  const view = page.locator("[data-picture-view][open]");
  await view.locator("img").evaluate((image) => image.decode());
  return Object.fromEntries(
    await view
      .locator("[data-provenance] tr")
      .evaluateAll((rows) => rows.map((row) => [row.cells[0].innerText.trim(), row.cells[1].innerText.trim()])),
  );
}
