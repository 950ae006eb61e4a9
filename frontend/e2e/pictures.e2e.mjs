// Pictures, driven as a slayer would. Prints what it saw as JSON; on a failure says which step broke and leaves a picture of it.
//
//   node e2e/pictures.e2e.mjs [SHOP_URL] [OUT_DIR]     (or the environment variables of these names)

import assert from "node:assert/strict";
import { galleryOnPhone, paintAgain, paintInChat, visitGallery } from "./pictures.mjs";
import { at, chooseBuild, enterDojo, giveName, openPage, signIn, tell } from "./visit.mjs";

const SLAYER = { handle: `easel${Date.now().toString(36)}`, password: "long-exhale-7", name: "Sabine of the Tide" };
const DESKTOP = { viewport: { width: 1280, height: 860 } };
const PHONE = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true, colorScheme: "dark" };

await tell(async (browser) => {
  const desktop = await openPage(browser, DESKTOP);
  at("signing up");
  await chooseBuild();
  await giveName(SLAYER);
  await enterDojo(SLAYER);
  const seed = await paintInChat();
  await paintAgain(seed);
  const hanging = await visitGallery(seed);
  at("checking that the desktop was quiet");
  assert.deepEqual(desktop.faults, [], "the console or the network complained");
  await desktop.context.close();

  const phone = await openPage(browser, PHONE);
  at("signing in on a phone");
  await signIn(SLAYER);
  await galleryOnPhone();
  at("checking that the phone was quiet");
  assert.deepEqual(phone.faults, [], "the console or the network complained");
  await phone.context.close();
  return { seed, hanging };
});
