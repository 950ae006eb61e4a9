// The pages of the shop, and a slayer to whom each of them has something to show.

import assert from "node:assert/strict";
import { newSlayer } from "./slayer.mjs";

const DAY = 86_400_000;
const PAINTING = 240_000;

/** A slayer with no history: where a page is empty, it says so. Gives the state of their browser. */
export async function freshSlayer() {
  const { state, close } = await newSlayer();
  await close();
  return state;
}

/** A slayer with a history, so that no page is empty. */
export async function settledSlayer() {
  const { state, send, get, close } = await newSlayer();
  const drawn = await send("/coach/chat", { message: "draw me with the Heron Spear at night in the snow" });
  const now = Date.now();
  const events = [];
  for (const [ago, minutes] of [20, 45, 30, 0, 60, 25, 0, 0, 40, 35, 15, 0, 50].entries()) {
    const at = new Date(now - ago * DAY - 3_600_000).toISOString();
    if (minutes > 0) events.push({ type: "training", event_id: `t${ago}`, minutes, occurred_at: at });
    if (ago !== 6) events.push({ type: "login", event_id: `l${ago}`, occurred_at: at });
  }
  await send("/events/batch", { events });
  const wish = "recommend me a blade under 400 coins, then log 30 minutes of training and tell me how to look after it";
  const answer = await send("/coach/chat", { message: wish });
  await send("/coach/chat", { message: "my left knee is bad, remember that" });
  const { items } = await get("/weapons?sort=price");
  const weapon = items.find((one) => one.stock > 0);
  await send("/orders", { order_key: "survey", weapon_id: weapon.weapon_id, price: weapon.price });
  await untilPainted(get);
  await close();
  return { state, threadId: answer.thread_id, drawnIn: drawn.thread_id, slug: weapon.slug };
}

/** A picture waits for its turn behind whatever else the machine does. */
async function untilPainted(get) {
  for (const end = Date.now() + PAINTING; Date.now() < end; await new Promise((done) => setTimeout(done, 1_000))) {
    const { items } = await get("/images");
    if (items[0]?.status === "done") return;
    assert.ok(["queued", "painting"].includes(items[0]?.status), `the picture: ${JSON.stringify(items)}`);
  }
  assert.fail("the picture is not painted yet");
}

export function pagesOf({ threadId, drawnIn, slug }) {
  return {
    welcome: { path: "/", ready: "[aria-label='Things to say first']" },
    chat: { path: `/t/${threadId}`, ready: "[data-turn=done]" },
    armoury: { path: "/armoury", ready: "article[data-price]" },
    filters: { path: "/armoury?max_price=400&sort=price", ready: "article[data-price]", press: "Filters" },
    nothing: { path: "/armoury?q=zzzz", ready: "text=No weapon like that hangs here." },
    weapon: { path: `/armoury/${slug}`, ready: "[data-manual]" },
    slayer: { path: "/slayer", ready: "[data-minutes]", full: true },
    profile: { path: "/slayer", ready: "[data-minutes]", press: "Edit the profile" },
    ranking: { path: "/ranking", ready: "[data-leaderboard]" },
    drawn: { path: `/t/${drawnIn}`, ready: "[data-picture=done]" },
    gallery: { path: "/gallery", ready: "[data-image-id]" },
    picture: { path: "/gallery", ready: "[data-image-id]", press: "Look at the picture", then: "[data-provenance]" },
    orders: { path: "/receipts", ready: "[data-order]" },
    lost: { path: "/nowhere", ready: "text=No such room" },
    palette: { path: "/ranking", ready: "[data-leaderboard]", press: "Search and commands", then: "[role=combobox]" },
  };
}
