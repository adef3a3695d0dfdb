// govulncheck: known vulnerabilities that our code calls.
import { goEnv, goTool } from "./go.mjs";
import { capture, run, say } from "./step.mjs";

const unreachable = /fetching vulnerabilities: .*/;

/** Rejects when there are any. Resolves to "not run" when the vulnerability database cannot be reached: no verdict then. */
export async function vulnerabilities() {
  const tool = await goTool("govulncheck");
  const complaint = await complaintOf(tool);
  if (complaint === undefined) return run(tool, ["./..."], { env: goEnv });
  say(`govulncheck did not run: ${complaint}`);
  return "not run";
}

/** Asks for one package of the standard library: what fails then is the way to the database. */
async function complaintOf(tool) {
  const message = await capture(tool, ["errors"]).then(
    () => "",
    (error) => error.message,
  );
  return unreachable.exec(message)?.[0];
}
