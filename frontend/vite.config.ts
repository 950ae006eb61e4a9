import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

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

/** Tells public/early.js which files hold what is behind the gate, by how far in one goes. */
function behindTheGate(): Plugin {
  const rooms = { behind: ["dojo"], chat: ["chat-room"], thread: ["markdown", "converse"] };
  return {
    name: "behind-the-gate",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((one) => one.type === "chunk");
        const early = '<script src="/early.js"';
        if (!html.includes(early)) throw new Error("index.html no longer begins with early.js.");
        const told = Object.entries(rooms).map(([room, names]) => {
          const files = names.flatMap((name) => {
            const chunk = chunks.find((one) => one.name === name);
            if (!chunk) throw new Error(`${name} is no file of its own any more.`);
            return [chunk.fileName, ...chunk.imports];
          });
          return `data-${room}="${[...new Set(files)].map((file) => `/${file}`).join(" ")}"`;
        });
        return html.replace(early, `${early} ${told.join(" ")}`);
      },
    },
  };
}

/** Puts a .br and a .gz beside each file of text: pressed once, as small as it goes, and not at every request. */
function pressed(): Plugin {
  let into = "";
  return {
    name: "pressed",
    apply: "build",
    enforce: "post",
    configResolved(config) {
      into = join(config.root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      order: "post",
      async handler() {
        for (const name of await readdir(into, { recursive: true })) {
          if (!/\.(js|css|html|svg)$/.test(name)) continue;
          const text = await readFile(join(into, name));
          await writeFile(join(into, `${name}.br`), await promisify(brotliCompress)(text));
          await writeFile(join(into, `${name}.gz`), await promisify(gzip)(text, { level: 9 }));
        }
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), apiDocs(), behindTheGate(), pressed()],
  resolve: {
    alias: {
      "@ag-ui/proto": new URL("./src/lib/no-protobuf.ts", import.meta.url).pathname,
      "@": new URL("./src", import.meta.url).pathname,
    },
  },
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
