// Behind the counter: who may go there, and a rollback from the button to the version that answers.
//
//   node e2e/staff.mjs SHOP_URL OUT_DIR KEEPER_HANDLE KEEPER_PASSWORD
//
// The keeper is of the staff, and the shop has promoted two models.

import assert from "node:assert/strict";
import {
  assertFits,
  at,
  chooseBuild,
  enterDojo,
  giveName,
  openPage,
  page,
  picture,
  SHOP_URL,
  signIn,
  tell,
} from "./visit.mjs";

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true };
const KEEPER = { handle: process.argv[4], password: process.argv[5], name: "Kagaya" };
const SLAYER = { handle: `guest${Date.now().toString(36)}`, password: "long-exhale-7", name: "Nezuko" };

/** A slayer like any other: no link, no command, a closed door, and an API that says no. */
async function comeAsASlayer(browser) {
  const { context, faults } = await openPage(browser, DESKTOP);
  at("looking for the staff's room as a slayer");
  await chooseBuild();
  await giveName(SLAYER);
  await enterDojo(SLAYER);
  assert.equal(await page.getByRole("link", { name: "Staff" }).count(), 0, "a slayer is shown the staff's room");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("staff");
  assert.equal(await page.getByRole("option", { name: "Staff", exact: true }).count(), 0);
  await page.keyboard.press("Escape");
  await page.goto(`${SHOP_URL}/staff`);
  await page.getByRole("heading", { name: "This door is for the staff" }).waitFor();
  const answer = await context.request.get(`${SHOP_URL}/staff/models`);
  assert.equal(answer.status(), 403);
  assert.deepEqual(faults, []);
  await context.close();
}

const champion = () => page.locator("[data-champion]").getAttribute("data-champion");
const answering = () => page.locator("[data-served]").getAttribute("data-served");

/** What a slayer's list says of the model that made it: the proof that lies outside of the page. */
async function modelOfAList(context) {
  const { csrf_token: csrf } = await (await context.request.get(`${SHOP_URL}/auth/session`)).json();
  const list = await context.request.post(`${SHOP_URL}/recommend`, { data: {}, headers: { "X-CSRF-Token": csrf } });
  return (await list.json()).model_version;
}

async function lookAround() {
  at("looking around in the staff's room");
  await page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: "Staff" }).click();
  await page.waitForURL("**/staff");
  await page.locator("[data-history]").waitFor();
  await page.locator("[data-night]").waitFor();
  await page.locator("[data-drift] > li").first().waitFor();
  await page.locator("[data-workers]").waitFor();
  await page.locator("[data-library]").waitFor();
  assert.equal(await page.locator("[data-queue]").count(), 4);
  assert.equal(await page.locator("[data-settled=true]").count(), 1);
  const [now, before] = [await champion(), await page.locator("[data-version]:has-text('Previous')").first()];
  return { now, before: await before.getAttribute("data-version") };
}

/** By keyboard: the dialog names both, its safe answer has the focus, Escape leaves all as it was. */
async function rollBack(context, { now, before }) {
  at("thinking of a rollback, and leaving it");
  const button = page.getByRole("button", { name: `Roll back to version ${before}` });
  await button.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Roll the champion back?" });
  await dialog.waitFor();
  const words = await dialog.innerText();
  assert.ok(words.includes(`Version ${now}`) && words.includes(`Version ${before}`), `the dialog says: ${words}`);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Leave it as it is");
  await picture("staff-2-dialog");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await champion(), now);

  at("rolling the champion back");
  const modelBefore = await modelOfAList(context);
  assert.match(modelBefore, new RegExp(`^v${now}-`));
  await button.click();
  await dialog.getByRole("button", { name: `Roll back to version ${before}` }).click();
  await page.getByText(`Version ${before} is the champion`).waitFor();
  at("waiting until the other version answers");
  await page.locator(`[data-served="${before}"][data-settled=true]`).waitFor({ timeout: 60_000 });
  const modelAfter = await modelOfAList(context);
  assert.match(modelAfter, new RegExp(`^v${before}-`));
  await page
    .locator("[data-action=rollback]")
    .filter({ hasText: `Rolled back to version ${before}` })
    .first()
    .waitFor();
  await picture("staff-3-rolled-back");
  return [modelBefore, modelAfter];
}

/** The page of somebody who looked away: what they decide upon has moved. */
async function findItMoved(context, { now, before }) {
  at("deciding upon what has moved meanwhile");
  await page.getByRole("button", { name: `Promote version ${now}` }).click();
  const { csrf_token: csrf } = await (await context.request.get(`${SHOP_URL}/auth/session`)).json();
  const behind = await context.request.post(`${SHOP_URL}/staff/models/promote`, {
    data: { version: now, champion: before },
    headers: { "X-CSRF-Token": csrf },
  });
  assert.equal(behind.status(), 200);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: `Promote version ${now}` }).click();
  await dialog.getByRole("alert").filter({ hasText: "Somebody was quicker" }).waitFor();
  await dialog.getByRole("button", { name: "Leave it as it is" }).click();
  await page.locator(`[data-champion="${now}"]`).waitFor();
  await page.locator(`[data-served="${now}"][data-settled=true]`).waitFor({ timeout: 60_000 });
  assert.equal(await answering(), now);
}

await tell(async (browser) => {
  await comeAsASlayer(browser);
  const { context, faults } = await openPage(browser, DESKTOP);
  at("signing in as one of the staff");
  await signIn(KEEPER);
  const versions = await lookAround();
  await picture("staff-1-room");
  await assertFits();
  const models = await rollBack(context, versions);
  await findItMoved(context, versions);
  // The one refusal was asked for.
  assert.deepEqual(
    faults.filter((fault) => !/409/.test(fault)),
    [],
  );

  at("visiting on a phone");
  const state = await context.storageState();
  const phone = await openPage(browser, { ...PHONE, storageState: state });
  await page.goto(`${SHOP_URL}/staff`);
  await page.locator("[data-history]").waitFor();
  await page.locator("[data-night]").waitFor();
  await assertFits();
  await picture("staff-4-phone");
  assert.deepEqual(phone.faults, []);
  return { versions, models };
}, "staff-failure");
