// The main path by keyboard alone, from the door to the dashboard: onboarding, a wish, its cards, buying, yes, the slayer's own room.
// Nothing is clicked and nothing is focused from outside: what Tab does not reach does not exist.
//
//   node e2e/keyboard.e2e.mjs [SHOP_URL] [OUT_DIR]     (or the environment variables of these names)

import assert from "node:assert/strict";
import { at, openPage, page, picture, tell, untilDone } from "./visit.mjs";

const SLAYER = { handle: `keys${Date.now().toString(36)}`, password: "long-exhale-7", name: "Kaede of the Keys" };
const MOST_STOPS = 90;

const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** What has the focus: its role and name as a screen reader would say them, and whether the focus can be seen. */
function focused() {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const label = element.labels?.[0]?.innerText ?? element.textContent;
    const style = getComputedStyle(element);
    const around = element.closest("label, form > div");
    const ringed = (of) =>
      of && (getComputedStyle(of).outlineStyle !== "none" || getComputedStyle(of).boxShadow !== "none");
    return {
      name: (element.getAttribute("aria-label") ?? label ?? "").trim().replace(/\s+/g, " "),
      seen:
        style.outlineStyle !== "none" ||
        style.boxShadow !== "none" ||
        ringed(around) ||
        ringed(element.nextElementSibling),
      tag: element.tagName,
    };
  });
}

/** Tabs until what has the focus is called so; fails when it does not come by, or its focus cannot be seen. */
async function tabTo(name, key = "Tab") {
  const passed = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const now = await focused();
    if (now && name.test(now.name)) {
      assert.ok(now.seen, `nobody sees that "${now.name}" has the focus`);
      return;
    }
    passed.push(now?.name);
    await press(key);
  }
  assert.fail(`${key} does not lead to ${name}; it led past ${passed.join(" | ")}`);
}

async function comeIn() {
  at("coming in");
  await page.getByText("Step 1 of 3").waitFor();
  await tabTo(/Water/);
  await press("Space");
  await tabTo(/^Continue$/);
  await press("Enter");
  await page.getByRole("heading", { name: /^Step 2 of 3/ }).waitFor();
  await tabTo(/^Balanced/);
  await press("Enter");
  await tabTo(/^Continue$/);
  await press("Enter");
  await page.getByRole("heading", { name: /^Step 3 of 3/ }).waitFor();
  for (const [field, text] of [
    [/Slayer name/, SLAYER.name],
    [/Handle/, SLAYER.handle],
    [/Password/, SLAYER.password],
  ]) {
    await tabTo(field);
    await page.keyboard.type(text);
  }
  await press("Enter");
  await page.getByRole("heading", { name: `Welcome to the dojo, ${SLAYER.name}.` }).waitFor();
}

async function wishAndBuy() {
  at("going to the message by the first link of the page");
  await page.locator("[data-first-blade] button").first().waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  await tabTo(/^Go to the message|^Skip|message/i);
  await press("Enter");
  await page.keyboard.type("recommend me a blade under 400 coins");
  await press("Enter");
  const turn = page.locator("[data-turn]").first();
  await untilDone(turn);
  const card = turn.locator("article[data-price]").first();
  const weapon = await card.getAttribute("aria-label");

  at(`reaching the card of the ${weapon}`);
  const escaped = weapon.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  await tabTo(new RegExp(`^${escaped}$`), "Shift+Tab");

  at("buying it");
  await tabTo(/Your message to the dojo|Write to the dojo|^message/i);
  await page.keyboard.type(`buy the ${weapon}`);
  await press("Enter");
  const asked = page.locator("[data-turn]").nth(1);
  await untilDone(asked);
  await page.locator("[data-approval][data-fate=waiting]").waitFor();
  await picture("keyboard-approval");
  await tabTo(/^Yes, order it$/, "Shift+Tab");
  const resumed = page.locator("[data-turn]").nth(2);
  await press("Enter");
  await untilDone(resumed);
  assert.ok((await resumed.locator("[data-order]").innerText()).includes(weapon), "the receipt is for another weapon");
  return weapon;
}

async function lookAtTheDashboard(weapon) {
  at("going to the slayer's own room");
  await tabTo(/^Slayer$/, "Shift+Tab");
  await press("Enter");
  await page.getByRole("heading", { name: "Your slayer" }).waitFor();
  await page.getByText(weapon).filter({ visible: true }).first().waitFor();
  await tabTo(/^Check in/);
  await press("Enter");
  await page.locator("[data-days-here='1']").waitFor();
  await picture("keyboard-dashboard");

  at("opening and leaving a dialog");
  await tabTo(/^Edit the profile$/, "Shift+Tab");
  await press("Enter");
  await page.locator("[data-profile-form]").waitFor();
  await press("Escape");
  await page.locator("[data-profile-form]").waitFor({ state: "detached" });
  assert.match((await focused())?.name ?? "", /Edit the profile/, "the focus did not come back from the dialog");
}

await tell(async (browser) => {
  const opened = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  await comeIn();
  const weapon = await wishAndBuy();
  await lookAtTheDashboard(weapon);
  at("checking that the page was quiet");
  assert.deepEqual(opened.faults, [], "the console or the network complained");
  return { weapon };
}, "keyboard-failure");
