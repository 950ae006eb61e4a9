// Buying, in the chat and in the armoury, and what the leaderboard shows of a slayer.

import assert from "node:assert/strict";
import { ask, at, closeCitation, openCitation, page, picture, untilDone } from "./visit.mjs";

/** Asks for a weapon, lets the question survive a reload, and says yes. */
export async function orderInChat(weapon) {
  at(`asking for the ${weapon.name}`);
  const asked = await ask(`buy the ${weapon.name}`);
  const question = await asked.locator("[data-approval][data-fate=waiting]").innerText();
  assert.ok(question.includes(weapon.name), `the question does not name the ${weapon.name}: ${question}`);
  assert.ok(question.includes(`${weapon.price} coins`), `the question does not name the price: ${question}`);
  assert.equal(await page.locator("[data-order]").count(), 0, "it was ordered without a yes");
  await asked.locator("[data-approval]").scrollIntoViewIfNeeded();
  await picture("desktop-6-approval");

  at("reloading while the question waits");
  await page.reload();
  await page.locator("[data-approval]").waitFor();
  assert.equal(
    await page.locator("[data-approval]").getAttribute("data-fate"),
    "waiting",
    "the reload lost the question",
  );

  at("saying yes");
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

  at("reading how to look after it");
  const citation = await openCitation(resumed);
  assert.equal(citation.source, `manuals/${weapon.slug}.md`, "the care is not from the ordered weapon's manual");
  await closeCitation();
  await resumed.locator("[data-order]").scrollIntoViewIfNeeded();
  await picture("desktop-7-order");
}

/** Orders the first weapon of the armoury that can be had; gives its name. */
export async function orderInArmoury() {
  at("ordering in the armoury");
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

/** The own row of the ranking: without a name until its slayer allows it. */
export async function standInRanking(name) {
  const own = page.locator("li[aria-current=true]");
  at("opening the ranking");
  await page.getByRole("link", { name: "Ranking" }).click();
  assert.match(await own.innerText(), /A slayer[^]*3 points/, "the own row is missing or tells the name");

  at("allowing the name in the ranking");
  await page.getByRole("link", { name: "Slayer", exact: true }).click();
  const consent = page.getByRole("switch", { name: "Show my name on the leaderboard" });
  await consent.click();
  await page.getByRole("switch", { checked: true }).waitFor();
  await page.getByRole("link", { name: "Ranking" }).click();
  await own.getByText(name).waitFor();
  await picture("desktop-10-ranking");
}
