// `npm test`: everything that CI runs, from a fresh clone. Brings its own PostgreSQL and Chromium when there are none.
import { build } from "./build.mjs";
import { bundle } from "./bundle.mjs";
import { checks } from "./check.mjs";
import { findChromium } from "./chromium.mjs";
import { drift } from "./drift.mjs";
import { requireCompiler, requireGo } from "./go.mjs";
import { installPackages } from "./install.mjs";
import { startPostgres } from "./postgres.mjs";
import { Report } from "./report.mjs";
import { main } from "./step.mjs";

const report = new Report();

await main(async () => {
  await report.needed("install", prepare);
  const postgres = await startPostgres();
  process.env.LICENSEDESK_TEST_POSTGRES = postgres.url;
  try {
    await report.needed("build", build);
    await runAll();
  } finally {
    await postgres.stop();
  }
  report.close();
});

async function prepare() {
  await requireGo();
  await requireCompiler();
  await installPackages();
  process.env.CHROMIUM = await findChromium();
}

/** A part that fails does not keep the others from running. */
async function runAll() {
  const suites = await import("./suites.mjs"); // only now are the packages that it imports installed
  await report.check("generated code is current", drift);
  await report.check("SPA within its budget of bytes", bundle);
  for (const [name, work] of Object.entries(checks)) await report.check(name, work);
  await report.suite("scripts", suites.scriptTests);
  await report.suite("Go with the race detector, SQLite and PostgreSQL", suites.goTests);
  await report.suite("10,000 random commands against the model, SQLite and PostgreSQL", suites.modelTests);
  await report.suite("SPA units", suites.frontendTests);
  await report.suite("GraphQL over HTTP audits", suites.graphqlHttpAudits);
  for (const database of ["sqlite", "postgres"]) {
    await report.suite(`end to end in Chromium, ${database}`, () => suites.endToEndTests(database));
  }
}
