// What the slayer thinks of an answer, and why it is as it is.

import assert from "node:assert/strict";
import { at, page, picture } from "./visit.mjs";

/** Presses thumbs down, says why, changes to thumbs up, and opens the trace; gives the question as it was understood. */
export async function likeAndAskWhy(turn, source) {
  at("disliking the answer");
  const [good, bad] = ["Good answer", "Bad answer"].map((name) => turn.getByRole("button", { name }));
  await bad.click();
  await turn.getByLabel("What was wrong with it?").fill("Which oil?");
  await picture("desktop-11-comment");
  await page.keyboard.press("Enter");
  await turn.getByText("You said of it: “Which oil?”").waitFor();

  at("liking the answer after all");
  await good.focus();
  const stored = page.waitForResponse((response) => response.url().endsWith("/feedback"));
  await page.keyboard.press("Space");
  assert.equal((await (await stored).json()).rating, "up", "thumbs up was not stored");
  assert.equal(await good.getAttribute("aria-pressed"), "true");
  assert.equal(await bad.getAttribute("aria-pressed"), "false", "both thumbs are pressed");
  assert.equal(await turn.getByText("Which oil?").count(), 0, "the old comment still stands");

  at("asking why the answer is so");
  await turn.getByRole("button", { name: "Why this answer?" }).click();
  const why = turn.locator("[data-why]");
  await why.waitFor();
  const used = await why.locator("[data-used]").allInnerTexts();
  assert.ok(used.length > 0, `no passage is marked as used: ${await why.innerText()}`);
  const title = source.replace(/^manuals\/|\.md$/g, "").replaceAll("-", " ");
  assert.ok(used.join().toLowerCase().includes(title), `${source} is cited, but not among what was used: ${used}`);
  await why.scrollIntoViewIfNeeded();
  await picture("desktop-12-why");
  return (await why.locator("dd").first().innerText()).trim();
}

/** After a reload, the thumb is still pressed. */
export async function stillLiked(turn) {
  at("looking for the thumb after the reload");
  assert.equal(await turn.getByRole("button", { name: "Good answer" }).getAttribute("aria-pressed"), "true");
}
