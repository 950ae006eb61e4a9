// Lighthouse over the built page as the shop serves it: how fast it is, and how accessible.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";
import { findBrowser, QUIET } from "../browser.mjs";

const NOTE = "hashira.signed-in";

/**
 * Looks at pages, each with Lighthouse's settings for desktop and for a phone on a slow line.
 *
 * @param {string} shopUrl the origin of the shop
 * @param {{name: string, path: string, cookie: string | null}[]} pages a path each, and the session to come with
 * @param {number} runs how often each is looked at; the run with the middle performance counts
 * @returns {Promise<{page: string, form: string, performance: number, accessibility: number, fcp: number, lcp: number,
 *   tbt: number, cls: number, faults: string[]}[]>} scores from 0 to 1, milliseconds
 */
export async function lookAt(shopUrl, pages, runs) {
  const found = [];
  for (const page of pages) {
    for (const form of ["desktop", "mobile"]) {
      const seen = [];
      for (let run = 0; run < runs; run++) seen.push(await once(shopUrl, page, form));
      seen.sort((one, other) => one.performance - other.performance);
      found.push(seen[Math.floor(seen.length / 2)]);
    }
  }
  return found;
}

/** One look, in a browser of its own: nothing is cached, as on a first visit. */
async function once(shopUrl, { name, path, cookie }, form) {
  const { port, close } = await openBrowser();
  let driver;
  try {
    driver = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: null });
    const page = await driver.newPage();
    if (cookie) await signIn(driver, page, shopUrl, cookie);
    const { lhr } = await lighthouse(
      shopUrl + path,
      { port, onlyCategories: ["performance", "accessibility"], logLevel: "error" },
      form === "desktop" ? desktopConfig : undefined,
      page,
    );
    if (lhr.runtimeError) throw new Error(`Lighthouse on ${path}: ${lhr.runtimeError.message}`);
    const took = (audit) => Math.round(lhr.audits[audit].numericValue);
    return {
      page: name,
      form,
      performance: lhr.categories.performance.score,
      accessibility: lhr.categories.accessibility.score,
      fcp: took("first-contentful-paint"),
      lcp: took("largest-contentful-paint"),
      tbt: took("total-blocking-time"),
      cls: lhr.audits["cumulative-layout-shift"].numericValue,
      faults: faultsOf(lhr),
    };
  } finally {
    await driver?.disconnect();
    await close();
  }
}

/** Brings the session; the page's own note of it is what makes the page ask for it (features/auth/auth-api.ts). */
async function signIn(driver, page, shopUrl, cookie) {
  const [name, value] = cookie.split("=");
  await driver.setCookie({ name, value, domain: new URL(shopUrl).hostname, path: "/", httpOnly: true });
  await page.goto(`${shopUrl}/favicon.svg`);
  await page.evaluate((note) => localStorage.setItem(note, "1"), NOTE);
}

/** The audits that cost points. */
function faultsOf(lhr) {
  const counted = ["performance", "accessibility"].flatMap((category) => lhr.categories[category].auditRefs);
  return counted
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
    .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`.trim());
}

async function openBrowser() {
  const { executablePath, env } = await findBrowser();
  const profile = mkdtempSync(join(tmpdir(), "lighthouse-"));
  const args = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, ...QUIET, "about:blank"];
  const browser = spawn(executablePath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((done) => browser.once("exit", done));
  const port = await new Promise((found, failed) => {
    let said = "";
    browser.stderr.on("data", (piece) => {
      said += piece;
      const match = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (match) found(Number(match[1]));
    });
    browser.once("error", failed);
    browser.once("exit", () => failed(new Error(`The browser did not start: ${said}`)));
  });
  return {
    port,
    close: async () => {
      browser.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
