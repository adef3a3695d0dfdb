// npm run bench: what the server costs, in multiples of a constant Go handler; docs/performance.md keeps the figures.
// Arguments after -- reach the benchmark: npm run bench -- -duration 10s
import { binary, build } from "./build.mjs";
import { startPostgres } from "./postgres.mjs";
import { main, run } from "./step.mjs";

await main(async () => {
  await build();
  const postgres = await startPostgres();
  try {
    await run("go", ["run", "./bench", "-server", binary, "-database", postgres.url, ...process.argv.slice(2)]);
  } finally {
    await postgres.stop();
  }
});
