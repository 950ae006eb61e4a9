import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const API = process.env.HASHIRA_API ?? "http://127.0.0.1:8000";
const ROUTES = [
  "auth",
  "coach",
  "events",
  "generate_image",
  "health",
  "images",
  "me",
  "recommend",
  "shop",
  "threads",
  "weapons",
];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: {
    outDir: "../api/static",
    emptyOutDir: true,
    // Everything is a file of our own origin, so that a strict Content-Security-Policy needs no data: exception.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: Object.fromEntries(ROUTES.map((route) => [`^/${route}(/|\\?|$)`, { target: API }])),
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
