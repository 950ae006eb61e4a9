// The page's types, from the API's own description of itself (blocks and stream events included).
//
//   node scripts/generate.mjs           asks the API's code for openapi.json, then writes src/lib/schema.ts
//   node scripts/generate.mjs --check   writes nothing; fails when schema.ts is not what openapi.json says
//
// That openapi.json is what the API's code says is checked beside that code (tests/unit/api/test_document.py).

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const DOCUMENT = at("../openapi.json");
const TYPES = at("../src/lib/schema.ts");
const HEAD = "// Made by `npm run generate` from openapi.json. Do not edit.\n\n";

function askTheApi() {
  const venv = at("../../.venv/bin/python");
  const python = process.env.PYTHON ?? (existsSync(venv) ? venv : "python3");
  const asked = spawnSync(python, ["-m", "api.document", DOCUMENT], { cwd: at("../.."), stdio: "inherit" });
  if (asked.status !== 0) throw new Error(`${python} could not describe the API; PYTHON=... picks another.`);
}

async function typesOf(document) {
  const tree = await openapiTS(JSON.parse(readFileSync(document, "utf8")), { alphabetize: true, rootTypes: false });
  return HEAD + astToString(tree);
}

if (process.argv.includes("--check")) {
  const current = existsSync(TYPES) ? readFileSync(TYPES, "utf8") : "";
  if (current !== (await typesOf(DOCUMENT))) {
    console.error("src/lib/schema.ts is not what openapi.json says. Run: npm run generate");
    process.exit(1);
  }
} else {
  askTheApi();
  writeFileSync(TYPES, await typesOf(DOCUMENT));
}
