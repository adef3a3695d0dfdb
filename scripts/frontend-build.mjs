// The SPA's build: frontend/dist with compressed twins of what compresses, made anew when anything it is made of changed.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { npmBin, root, run, say } from "./step.mjs";

const frontend = join(root, "frontend");
const dist = join(frontend, "dist");
const stamp = join(root, "node_modules", ".frontend-build");
// The page itself is not: each answer has a nonce of its own.
const compressible = /\.(js|css|svg|json|webmanifest)$/;

export async function buildFrontend() {
  const inputs = digestOfInputs();
  if (existsSync(join(dist, "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === inputs) return;
  say("building the SPA");
  await run(npmBin("vite"), ["build", "frontend", "--emptyOutDir", "--logLevel=warn"]);
  await Promise.all(
    filesIn(dist)
      .filter((path) => compressible.test(path))
      .map(compress),
  );
  writeFileSync(join(dist, ".gitkeep"), ""); // dist is there in a fresh clone, so that Go can embed it
  writeFileSync(stamp, inputs);
}

function digestOfInputs() {
  const digest = createHash("sha256");
  const sources = filesIn(frontend).filter((path) => !/^(dist|e2e)$/.test(relative(frontend, path).split(sep)[0]));
  for (const path of [...sources.sort(), join(root, "package-lock.json")]) {
    digest.update(`${relative(root, path)}\0`).update(readFileSync(path));
  }
  return digest.digest("hex");
}

function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function compress(path) {
  const content = readFileSync(path);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  writeFileSync(`${path}.br`, await promisify(brotliCompress)(content, quality));
  writeFileSync(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
