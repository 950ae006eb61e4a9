import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const API = process.env.HASHIRA_API ?? "http://127.0.0.1:8000";
const ROUTES = [
  "agui",
  "auth",
  "coach",
  "events",
  "feedback",
  "generate_image",
  "health",
  "images",
  "leaderboard",
  "manuals",
  "me",
  "orders",
  "recommend",
  "shop",
  "threads",
  "weapons",
];

/** Puts Swagger UI beside the page, so that the API's /docs needs no other host either. */
function apiDocs(): Plugin {
  const from = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  let into = "";
  return {
    name: "api-docs",
    apply: "build",
    configResolved(config) {
      into = join(config.root, config.build.outDir, "api-docs");
    },
    async closeBundle() {
      await mkdir(into, { recursive: true });
      for (const file of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
        await copyFile(join(from, file), join(into, file));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), apiDocs()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: {
    outDir: "../api/static",
    emptyOutDir: true,
    // Everything is a file of our own origin, so that a strict Content-Security-Policy needs no data: exception.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      ...Object.fromEntries(ROUTES.map((route) => [`^/${route}(/|\\?|$)`, { target: API }])),
      // The room itself is the page's, what is below it the API's.
      "^/staff/.": { target: API },
    },
  },
  test: {
    projects: [
      { extends: true, test: { name: "logic", include: ["src/**/*.test.ts"], environment: "node" } },
      {
        extends: true,
        test: {
          name: "screen",
          include: ["src/**/*.test.tsx"],
          environment: "happy-dom",
          environmentOptions: { happyDOM: { url: "http://localhost:3000" } },
          setupFiles: ["src/test/setup.ts"],
        },
      },
    ],
  },
});
