// Slayers who are there before the browser is: made over the API, so that a story need not begin at the door.

import assert from "node:assert/strict";
import { request } from "playwright-core";
import { SHOP_URL } from "./visit.mjs";

const PASSWORD = "long-exhale-7";
let made = 0;

/**
 * Registers a slayer.
 *
 * @param {object} profile what is not as usual
 * @returns {Promise<{handle: string, name: string, password: string, state: object, send: Function, get: Function,
 *   change: Function, close: Function}>} `state` opens a browser that is signed in; the rest speaks for a session of its own
 */
export async function newSlayer(profile = {}) {
  const handle = `tale${Date.now().toString(36)}${made++}`;
  const usual = { name: "Sabine of the Tide", breathing_style: "Water", level: 12, timezone: "Europe/Paris" };
  return enter("/auth/register", { handle, password: PASSWORD, ...usual, ...profile });
}

/** The same for a slayer who is there already. */
export function knownSlayer({ handle, password }) {
  return enter("/auth/login", { handle, password });
}

async function enter(path, body) {
  const client = await request.newContext({ baseURL: SHOP_URL });
  const { csrf_token: csrf } = await read(await client.post(path, { data: { ...body, session: "cookie" } }));
  const headers = { "X-CSRF-Token": csrf };
  const note = [{ origin: new URL(SHOP_URL).origin, localStorage: [{ name: "hashira.signed-in", value: "1" }] }];
  const { cookies } = await client.storageState();
  return {
    handle: body.handle,
    name: body.name,
    password: body.password,
    state: { cookies, origins: note },
    send: async (path, data) => read(await client.post(path, { data, headers })),
    get: async (path) => read(await client.get(path)),
    change: async (path, data) => read(await client.patch(path, { data, headers })),
    close: () => client.dispose(),
  };
}

/** Ends every browser session of a slayer, from a session of a program, as one does who has left a page open somewhere. */
export async function endSessions({ handle, password }) {
  const client = await request.newContext({ baseURL: SHOP_URL });
  const signedIn = await read(await client.post("/auth/login", { data: { handle, password } }));
  const headers = { Authorization: `Bearer ${signedIn.access_token}` };
  const { items } = await read(await client.get("/auth/tokens", { headers }));
  for (const { token_id: id, kind } of items) {
    if (kind === "cookie") assert.equal((await client.delete(`/auth/tokens/${id}`, { headers })).status(), 204);
  }
  await client.dispose();
}

async function read(answer) {
  assert.ok(answer.ok(), `${answer.status()} from ${answer.url()}: ${await answer.text()}`);
  return answer.json();
}
