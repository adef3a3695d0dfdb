import { existsSync } from "node:fs";
import { getConfig } from "@lingui/conf";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { print, stripIgnoredCharacters } from "graphql";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.LICENSEDESK_URL ?? "http://127.0.0.1:8080";
const backend = ["/graphql", "/sign-in", "/sign-out", "/oidc", "/export", "/uploads"];

const linguiConfig = getConfig({ configPath: `${import.meta.dirname}/lingui.config.ts` });

/** The system's Chromium, else the one that Playwright has downloaded. */
const chromium = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

/** The generated operations as texts, an eighth of their syntax trees; urql reads each when it is first sent. */
function operationsAsTexts(): Plugin {
  const operation = /^(export const \w+ = )(\{"kind":"Document".*\})( as unknown as )/gm;
  const text = (tree: string) => JSON.stringify(stripIgnoredCharacters(print(JSON.parse(tree))));
  return {
    name: "operations-as-texts",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/src/gql/graphql.ts")) return undefined;
      return { code: code.replace(operation, (_, head, tree, tail) => head + text(tree) + tail), map: null };
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    operationsAsTexts(),
    react(),
    babel({ plugins: [["@lingui/babel-plugin-lingui-macro", { linguiConfig }]], include: /\/frontend\/src\/.*\.tsx?$/ }),
  ],
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 800 },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: Object.fromEntries(backend.map((path) => [path, { target: server, ws: path === "/graphql" }])),
  },
  test: {
    projects: [
      { extends: true, test: { name: "logic", include: ["src/**/*.test.ts"], environment: "node" } },
      {
        extends: true,
        test: {
          name: "components",
          include: ["src/**/*.test.tsx"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
