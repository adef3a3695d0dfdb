// Brings node_modules in step with package-lock.json. Uses nothing but Node: it runs before there is anything else.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault, root, run, say } from "./step.mjs";

const oldestNode = [20, 20];

/** Runs `npm ci` when a package is missing or of another version than package-lock.json wants. */
export async function installPackages() {
  refuseOldNode();
  if (isInstalled()) return;
  say("installing npm packages (about a minute)");
  await run("npm", ["ci", "--loglevel=error"]);
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Fault(`Node ${oldestNode.join(".")} or newer is needed; this is ${process.versions.node}`);
}

// npm keeps the list of what it installed in node_modules; packages for other platforms are not in it.
function isInstalled() {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const present = packagesOf(installed);
  const wanted = Object.entries(packagesOf(join(root, "package-lock.json")));
  return wanted.every(([path, { version, optional }]) => path === "" || optional || present[path]?.version === version);
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}
