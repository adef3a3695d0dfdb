// The SPA's size over the wire: what the Licenses page needs, and everything. A check, so that growth is a decision.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault, root, say } from "./step.mjs";

const assets = join(root, "frontend", "dist", "assets");
const budget = { firstPage: 230_000, everything: 400_000 };
const staticImport = /(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g;

/** Rejects when the gzipped JavaScript of the first page or of all pages is over its budget. */
export async function bundle() {
  const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
  const first = new Set();
  for (const name of scripts.filter((file) => /^(index|LicensesPage)-/.test(file))) addWithImports(first, name);
  const sizes = { firstPage: sizeOf([...first]), everything: sizeOf(scripts) };
  say(`JavaScript, gzip: ${sizes.firstPage} bytes for the first page, ${sizes.everything} in all`);
  for (const [part, limit] of Object.entries(budget)) {
    if (sizes[part] > limit) throw new Fault(`the SPA is too large: ${part} has ${sizes[part]} bytes of ${limit}`);
  }
}

function addWithImports(chunks, name) {
  if (chunks.has(name)) return;
  chunks.add(name);
  for (const [, imported] of readFileSync(join(assets, name), "utf8").matchAll(staticImport)) addWithImports(chunks, imported);
}

function sizeOf(names) {
  return names.reduce((sum, name) => sum + statSync(join(assets, `${name}.gz`)).size, 0);
}
