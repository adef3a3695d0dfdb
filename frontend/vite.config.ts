import { existsSync } from "node:fs";
import { getConfig } from "@lingui/conf";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const server = process.env.LICENSEDESK_URL ?? "http://127.0.0.1:8080";
const backend = ["/graphql", "/sign-in", "/sign-out", "/oidc", "/export", "/uploads"];

const linguiConfig = getConfig({ configPath: `${import.meta.dirname}/lingui.config.ts` });

/** The system's Chromium, else the one that Playwright has downloaded. */
const chromium = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
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
