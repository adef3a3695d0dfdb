// `npm run generate`: all generated code, anew.
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { generators } from "./generated.mjs";
import { goEnv, requireGo } from "./go.mjs";
import { main, run, say } from "./step.mjs";

export async function generate() {
  await requireGo();
  for (const [command, args] of generators) {
    say(`${basename(command)} ${args[0].startsWith("--") ? "" : args[0]}`.trim());
    await run(command, args, { env: goEnv });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(generate);
