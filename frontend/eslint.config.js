import { readdirSync } from "node:fs";
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

/** The walls: app may use features, components and lib; a feature knows neither app nor another feature. */
function wall(folder, forbidden, message) {
  return {
    files: [`src/${folder}/**`],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group: forbidden, message }, NO_WAY_AROUND] }] },
  };
}

const FEATURES = readdirSync(new URL("src/features", import.meta.url));
const NO_WAY_AROUND = { group: ["../*"], message: "Name it from the top (@/...), so that the walls are seen." };

/** Words that a person reads stand in the catalogue, lib/messages/en.ts, and in no other place. */
const WORDS = "Words belong in lib/messages/en.ts.";
const NO_WORDS = [
  { selector: "JSXText[value=/[A-Za-z]{2}/]", message: WORDS },
  {
    selector:
      "JSXAttribute[name.name=/^(aria-label|title|placeholder|alt|label|hint)$/] > Literal[value=/[A-Za-z]{2}/]",
    message: WORDS,
  },
];
const NO_BARRELS = { selector: "ExportAllDeclaration", message: "No barrel files: import a thing from where it is." };

export default tseslint.config(
  { ignores: ["node_modules/", "src/lib/schema.ts", "public/"] },
  js.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { "react-hooks": reactHooks },
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "no-restricted-syntax": ["error", NO_BARRELS, ...NO_WORDS],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  { files: ["*.config.ts"], extends: [tseslint.configs.base] },
  {
    files: ["e2e/**/*.mjs", "scripts/**/*.mjs", "*.config.{js,ts}"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  wall("lib", ["@/app/*", "@/features/*", "@/components/*"], "lib is the ground floor: it imports only lib."),
  wall("components", ["@/app/*", "@/features/*"], "Shared components know no feature and not the app."),
  ...FEATURES.map((feature) =>
    wall(
      `features/${feature}`,
      ["@/app/*", ...FEATURES.filter((other) => other !== feature).map((other) => `@/features/${other}/*`)],
      "A feature imports neither the app nor another feature; the app brings them together.",
    ),
  ),
);
