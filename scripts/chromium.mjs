// The Chromium that tests drive: the machine's own, else installed by its package manager or by Playwright.
import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault, main, npmBin, run, say } from "./step.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

// Tests run without the browser's own traffic, and as root without its sandbox, which refuses root.
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Playwright's launch options for the Chromium of this machine, which is installed when there is none. */
export async function launchOptions() {
  const args = process.getuid() === 0 ? [...quiet, "--no-sandbox"] : quiet;
  return { executablePath: await findChromium(), args };
}

/** Resolves to the path of Chromium's program; CHROMIUM names it outright. */
export async function findChromium() {
  const named = process.env.CHROMIUM;
  if (named && !runnable(named)) throw new Fault(`CHROMIUM names ${named}, which is no program`);
  return named || find() || (await fromPackageManager()) || (await fromPlaywright());
}

function find() {
  const folders = (process.env.PATH ?? "").split(":").filter(Boolean);
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...applications];
  return candidates.find(runnable);
}

async function fromPackageManager() {
  if (process.getuid() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  say("no Chromium on this machine: installing it with apt-get");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update", "-qq"], { env });
    await run("apt-get", ["install", "-qq", "--yes", "--no-install-recommends", "chromium"], { env });
  } catch (error) {
    say(`${error.message}: trying Playwright's own Chromium`);
  }
  return find();
}

async function fromPlaywright() {
  const { chromium } = await import("playwright-core");
  if (!existsSync(chromium.executablePath())) {
    say("no Chromium on this machine: Playwright downloads its own (about 170 MB)");
    await run(npmBin("playwright-core"), ["install", "chromium", "--no-shell"]).catch(() => {});
  }
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new Fault("Chromium is neither on this machine nor to be had: install it, or name its program in CHROMIUM");
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => console.log(await findChromium()));
}
