// What a first visit has to fetch before the page works.

import { gzipSync } from "node:zlib";

/**
 * Opens a page with an empty cache and weighs what comes.
 *
 * @returns {Promise<{script: number, style: number, sent: number}>} kB (1,000 bytes): JavaScript and CSS under gzip at its
 *   default level, and what the shop sent of all files, fonts included
 */
export async function weigh(browser, shopUrl, path, state) {
  const context = await browser.newContext(state ? { storageState: state } : {});
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  let sent = 0;
  network.on("Network.loadingFinished", ({ encodedDataLength }) => (sent += encodedDataLength));
  const bodies = [];
  page.on("response", (response) => {
    const kind = response.request().resourceType();
    if (kind === "script" || kind === "stylesheet") bodies.push(response.body().then((body) => ({ kind, body })));
    // A file that is fetched ahead has no element that asked for it.
    else if (/\/assets\/.+\.js$/.test(response.url()))
      bodies.push(response.body().then((body) => ({ kind: "script", body })));
  });
  await page.goto(shopUrl + path);
  await page.waitForLoadState("networkidle");
  const found = await Promise.all(bodies);
  await context.close();
  const weightOf = (wanted) =>
    found.filter(({ kind }) => kind === wanted).reduce((sum, { body }) => sum + gzipSync(body).length, 0) / 1_000;
  return { script: weightOf("script"), style: weightOf("stylesheet"), sent: sent / 1_000 };
}
