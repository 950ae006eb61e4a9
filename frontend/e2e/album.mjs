// Makes the pictures of the documentation anew: every page of a shop that has been lived in, light, dark and on a phone.
//
//   npm run pictures -- [SHOP_URL] [OUT_DIR]
//
// The shop must be open. OUT_DIR is ../docs/pages unless it is given.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "./browser.mjs";
import { pagesOf, settledSlayer } from "./survey-pages.mjs";
import { SHOP_URL } from "./visit.mjs";

const INTO = process.argv[3] ?? "../docs/pages";
const SIZES = {
  light: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 780 }, colorScheme: "light", isMobile: true, hasTouch: true },
};
/** What is worth showing, and how. */
const SHOWN = {
  welcome: ["light", "phone"],
  chat: ["light", "dark", "phone"],
  armoury: ["light", "dark", "phone"],
  weapon: ["light"],
  slayer: ["light", "dark", "phone"],
  ranking: ["light"],
  gallery: ["light"],
  picture: ["dark"],
  orders: ["light"],
  palette: ["dark"],
};

async function take(browser, state, name, page, how) {
  const { path, ready, press, then } = page;
  const context = await browser.newContext({
    ...SIZES[how],
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    reducedMotion: "reduce",
    ...(state ? { storageState: state } : {}),
  });
  const opened = await context.newPage();
  await opened.goto(SHOP_URL + path);
  await opened.locator(ready).filter({ visible: true }).first().waitFor();
  if (press) await opened.getByRole("button", { name: press }).filter({ visible: true }).first().click();
  if (then) await opened.locator(then).waitFor();
  await opened.waitForLoadState("networkidle");
  await opened.evaluate(() => document.fonts.ready);
  await opened.waitForTimeout(200);
  await opened.screenshot({
    path: join(INTO, `${name}-${how}.jpg`),
    type: "jpeg",
    quality: 82,
    animations: "disabled",
  });
  await context.close();
}

mkdirSync(INTO, { recursive: true });
const browser = await launchBrowser();
try {
  const slayer = await settledSlayer();
  const pages = pagesOf(slayer);
  for (const how of Object.keys(SIZES))
    await take(browser, null, "door", { path: "/", ready: "text=Step 1 of 3" }, how);
  for (const [name, hows] of Object.entries(SHOWN)) {
    assert.ok(pages[name], `there is no page called ${name}`);
    for (const how of hows) await take(browser, slayer.state, name, pages[name], how);
  }
} finally {
  await browser.close();
}
