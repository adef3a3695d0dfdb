// `npm run check`: linters, types and known vulnerabilities; all run, whichever fails.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { goEnv, goTool, requireGo } from "./go.mjs";
import { installPackages } from "./install.mjs";
import { Fault, main, npmBin, root, run, say } from "./step.mjs";
import { vulnerabilities } from "./vulnerabilities.mjs";

/** Each check rejects with a Fault when it fails. */
export const checks = {
  "golangci-lint": async () => run(await goTool("golangci-lint"), ["run", "--allow-parallel-runners", "./..."], { env: goEnv }),
  govulncheck: vulnerabilities,
  Biome: () => run(npmBin("biome"), ["ci", "--colors=off", "--error-on-warnings"]),
  TypeScript: () => run(npmBin("tsc"), ["--noEmit", "-p", join(root, "frontend")]),
};

async function check() {
  await requireGo();
  await installPackages();
  const failed = [];
  for (const [name, work] of Object.entries(checks)) {
    say(name);
    await work().catch((error) => failed.push(error.message));
  }
  if (failed.length > 0) throw new Fault(failed.join("\n"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(check);
