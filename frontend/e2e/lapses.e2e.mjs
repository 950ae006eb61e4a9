// What comes in between, on a desktop and on a phone: sessions that end, midnight, the network, a reload.
//
//   node e2e/lapses.e2e.mjs [SHOP_URL] [OUT_DIR]     (or the environment variables of these names)

import assert from "node:assert/strict";
import {
  EVENING,
  goOfflineAndBack,
  lateInTheEvening,
  loseSessionInArmoury,
  loseSessionInChat,
  passMidnight,
  reloadInMidStream,
} from "./lapses.mjs";
import { newSlayer } from "./slayer.mjs";
import { assertFits, at, openPage, page, tell } from "./visit.mjs";

const SIZES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true },
};

async function sessions(browser, size) {
  const slayer = await newSlayer();
  const opened = await openPage(browser, { ...SIZES[size], storageState: slayer.state });
  await page.getByRole("heading", { name: /^Welcome/ }).waitFor();
  await loseSessionInChat(opened, slayer, size);
  await assertFits();
  await loseSessionInArmoury(opened, slayer);
  if (size === "phone") {
    await reloadInMidStream();
    await goOfflineAndBack(opened);
  }
  at("checking that the page was quiet");
  assert.deepEqual(opened.faults, [], "the console or the network complained");
  await opened.context.close();
  await slayer.close();
}

async function midnight(browser, size) {
  const slayer = await newSlayer({ timezone: EVENING });
  const opened = await openPage(browser, { ...SIZES[size], storageState: slayer.state }, lateInTheEvening());
  await passMidnight(slayer, size);
  assert.deepEqual(opened.faults, [], "the console or the network complained");
  await opened.context.close();
  await slayer.close();
}

await tell(async (browser) => {
  for (const size of Object.keys(SIZES)) {
    await sessions(browser, size);
    await midnight(browser, size);
  }
  return {};
}, "lapses-failure");
