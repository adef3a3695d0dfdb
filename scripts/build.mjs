// `npm run build`: bin/licensedesk, one static binary with the SPA inside.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFrontend } from "./frontend-build.mjs";
import { goEnv, requireGo } from "./go.mjs";
import { installPackages } from "./install.mjs";
import { capture, main, root, run, say } from "./step.mjs";

export const binary = join(root, "bin", "licensedesk");

/** Builds what is stale. Go knows by itself what that is, from the content of everything the binary is made of. */
export async function build() {
  await requireGo();
  const patience = setTimeout(() => say("compiling the server (the first time two minutes)"), 3000);
  try {
    const rooms = compileRooms();
    await installPackages();
    await buildFrontend();
    await rooms;
    await run("go", ["build", "-ldflags", "-s -w", "-o", binary, "."], { env: goEnv });
  } finally {
    clearTimeout(patience);
  }
}

/** Compiles what needs no SPA, beside the installation from npm. What fails here fails again, with its message, in the build. */
function compileRooms() {
  return capture("go", ["build", "./graph/...", "./importing/..."], { env: goEnv }).catch(() => {});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
