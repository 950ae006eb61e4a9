// Every page of the shop, on a desktop and on a phone, in light and in dark: does axe find anything, does it fit, is the
// console quiet? Leaves a picture of each.
//
//   node e2e/survey.mjs [SHOP_URL] [OUT_DIR] [name of a page, to look at it alone] [HANDLE:PASSWORD of the staff]

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launchBrowser } from "./browser.mjs";
import { knownSlayer } from "./slayer.mjs";
import { freshSlayer, pagesOf, settledSlayer } from "./survey-pages.mjs";
import { OUT_DIR, SHOP_URL } from "./visit.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true },
};
const ONLY = process.argv[4];
const [HANDLE, PASSWORD] = (process.argv[5] ?? "").split(":");

const BEHIND_THE_COUNTER = {
  staff: { path: "/staff", ready: "[data-night]", full: true },
  "staff-rollback": { path: "/staff", ready: "[data-history]", press: "Roll back to version", then: "dialog[open]" },
  "staff-ranking": { path: "/ranking", ready: "[data-leaderboard]" },
};

const GATE = {
  gate: { path: "/", ready: "text=Step 1 of 3" },
  build: { path: "/", ready: "text=Step 1 of 3", press: "Continue" },
  "sign-in": { path: "/", ready: "text=Step 1 of 3", tab: "Sign in" },
};

const EMPTY = {
  "gallery-empty": { path: "/gallery", ready: "text=No picture hangs here yet" },
  "orders-empty": { path: "/receipts", ready: "text=You have not ordered anything yet." },
};

async function survey(browser, pages, state, report) {
  for (const [size, device] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({
        ...device,
        colorScheme,
        locale: "en-GB",
        timezoneId: "Europe/Paris",
        // What moves is between two states; what is looked at is where it comes to rest.
        reducedMotion: "reduce",
        ...(state ? { storageState: state } : {}),
      });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      const faults = [];
      page.on("console", (message) => faults.push(`console ${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
      page.on("request", (request) => {
        if (new URL(request.url()).origin !== new URL(SHOP_URL).origin) faults.push(`request left: ${request.url()}`);
      });
      for (const [name, { path, ready, press, then, tab, full }] of Object.entries(pages)) {
        if (ONLY && ONLY !== name) continue;
        const where = `${name} (${size}, ${colorScheme})`;
        await page.goto(SHOP_URL + path);
        await page.locator(ready).filter({ visible: true }).first().waitFor();
        if (tab) await page.getByRole("tab", { name: tab }).click();
        if (press) await page.getByRole("button", { name: press }).filter({ visible: true }).first().click();
        if (then) await page.locator(then).waitFor();
        await page.evaluate(() => document.fonts.ready);
        await page.waitForTimeout(150);
        await page.screenshot({ path: join(OUT_DIR, `${name}-${size}-${colorScheme}.png`), animations: "disabled" });
        if (full) await wholePicture(page, join(OUT_DIR, `${name}-whole-${size}-${colorScheme}.png`));
        report.push(...(await trouble(page, where)), ...faults.splice(0).map((fault) => `${where}: ${fault}`));
      }
      await context.close();
    }
  }
}

/** Pages scroll inside their frame: for a picture of all of it, the window grows. */
async function wholePicture(page, path) {
  const before = page.viewportSize();
  const height = await page.evaluate(() => {
    const room = document.querySelector("[data-room]");
    return room ? window.innerHeight + room.scrollHeight - room.clientHeight : window.innerHeight;
  });
  await page.setViewportSize({ width: before.width, height });
  await page.screenshot({ path, animations: "disabled" });
  await page.setViewportSize(before);
}

async function trouble(page, where) {
  // Through the debugger, so that the page's own policy on scripts stays as it is.
  await page.evaluate(AXE);
  const found = await page.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run(document, { runOnly: rules });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`,
    );
  }, RULES);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [
    ...found.map((violation) => `${where}: axe ${violation}`),
    ...(wide > 0 ? [`${where}: ${wide} px wider than the window`] : []),
  ];
}

async function main() {
  mkdirSync(OUT_DIR, { recursive: true });
  const browser = await launchBrowser();
  const report = [];
  try {
    await survey(browser, GATE, null, report);
    await survey(browser, EMPTY, await freshSlayer(), report);
    const slayer = await settledSlayer();
    await survey(browser, pagesOf(slayer), slayer.state, report);
    if (PASSWORD) {
      const keeper = await knownSlayer({ handle: HANDLE, password: PASSWORD });
      await survey(browser, BEHIND_THE_COUNTER, keeper.state, report);
      await keeper.close();
    }
  } finally {
    await browser.close();
  }
  for (const line of report) console.error(line);
  console.log(JSON.stringify({ ok: report.length === 0, found: report.length, pictures: OUT_DIR }));
  if (report.length > 0) process.exitCode = 1;
}

await main();
