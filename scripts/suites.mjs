// The tests of each kind: how they are run and counted. Each resolves to { passed, failed }.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countAudits, countGotestsum, countNode, countVitest } from "./counts.mjs";
import { goTool } from "./go.mjs";
import { startServer } from "./server.mjs";
import { npmBin, root, run } from "./step.mjs";

/** A data race is reported into a file: in the tests' output it would belong to whichever test has just written. */
export async function goTests() {
  const races = mkdtempSync(join(tmpdir(), "licensedesk-races-"));
  const env = { ...process.env, GORACE: `log_path=${join(races, "race")}` };
  const args = ["--format", "pkgname-and-test-fails", "--format-hide-empty-pkg", "--", "-race", "-shuffle=on", "./..."];
  try {
    return await counted(countGotestsum, await goTool("gotestsum"), args, { env });
  } finally {
    for (const name of readdirSync(races)) console.log(readFileSync(join(races, name), "utf8"));
    rmSync(races, { recursive: true });
  }
}

/**
 * Some 10,000 random commands on each database: in the race detector's run a property has 10 seconds. Ten databases, because
 * every run adds two organizations, and the checks read all.
 */
export async function modelTests() {
  const args = [
    "--format",
    "pkgname-and-test-fails",
    "--",
    "-timeout=25m",
    "-count=10",
    "-run=TestModel$",
    "./licensing",
    "-rapid.checks=110",
  ];
  return counted(countGotestsum, await goTool("gotestsum"), args);
}

export function scriptTests() {
  return nodeTests("scripts");
}

export function frontendTests() {
  return counted(countVitest, npmBin("vitest"), ["run", "--root", "frontend"]);
}

/** The audits of GraphQL over HTTP, against the real binary. */
export async function graphqlHttpAudits() {
  const server = await startServer();
  try {
    const env = { ...process.env, LICENSEDESK_AUTHORIZATION: `Bearer ${await server.token()}` };
    return await counted(countAudits, "node", ["scripts/audit-graphql-http.mjs", `${server.url}/graphql`], { env });
  } finally {
    await server.stop();
  }
}

export function endToEndTests(database) {
  return nodeTests("frontend/e2e", { ...process.env, LICENSEDESK_TEST_DATABASE: database });
}

function nodeTests(folder, env = process.env) {
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith(".test.mjs"));
  const reporter = "--test-reporter=spec";
  return counted(countNode, "node", ["--test", reporter, ...files.map((name) => join(folder, name))], { env });
}

/** A runner that fails without a failed test (it could not start, say) counts as one failure; so does one that runs none. */
async function counted(count, command, args, { env = process.env } = {}) {
  const [output, succeeded] = await run(command, args, { env: { ...env, NO_COLOR: "1" }, echo: true }).then(
    (stdout) => [stdout, true],
    (error) => [error.stdout ?? "", false],
  );
  const counts = count(output);
  const silent = counts.failed === 0 && (!succeeded || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}
