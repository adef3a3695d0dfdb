// `npm start`: from a fresh clone to a running LicenseDesk with the demo organization. Arguments reach `serve`.
import { binary, build } from "./build.mjs";
import { main, run } from "./step.mjs";

await main(async () => {
  await build();
  await run(binary, ["serve", "--demo", ...process.argv.slice(2)], { stdio: "inherit" });
});
