// The drift gate: deletes all generated code in a copy of the working tree, generates, and wants the same files back.
// The copy holds uncommitted changes too, so the gate judges what is about to be committed and touches nothing.
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generated } from "./generated.mjs";
import { capture, Fault, main, root, run, say } from "./step.mjs";

export async function drift() {
  const copy = mkdtempSync(join(tmpdir(), "licensedesk-drift-"));
  try {
    await copyWorkingTree(copy);
    await commitAll(copy);
    for (const path of generated) rmSync(join(copy, path), { recursive: true, force: true });
    say("generating everything anew in a copy");
    await run("node", ["scripts/generate.mjs"], { cwd: copy });
    await refuseChanges(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function copyWorkingTree(copy) {
  const listed = await capture("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
  const files = listed.split("\0").filter((path) => path !== "" && existsSync(join(root, path)));
  for (const path of files) cpSync(join(root, path), join(copy, path));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
}

async function commitAll(copy) {
  const git = (...args) =>
    capture("git", ["-c", "user.name=drift", "-c", "user.email=drift@localhost", "-c", "commit.gpgsign=false", ...args], {
      cwd: copy,
    });
  await git("init", "--quiet");
  await git("add", "--all", "--force", "--", ".", ":!node_modules");
  await git("commit", "--quiet", "--message", "as it is");
}

async function refuseChanges(copy) {
  const here = { cwd: copy };
  const pathspec = ["--", ".", ":!node_modules"];
  const changed = await capture("git", ["status", "--porcelain", ...pathspec], here);
  if (changed === "") return;
  const diff = await capture("git", ["diff", "--text", "--unified=1", ...pathspec], here);
  const head = diff.split("\n").slice(0, 80).join("\n");
  throw new Fault(`generated code is not what its sources give: run "npm run generate" and commit\n${changed}\n${head}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(drift);
