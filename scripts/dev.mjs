// `npm run dev`: the server, built and started again when Go or GraphQL files change, behind Vite, which reloads the SPA.
import { join } from "node:path";
import { goEnv, goTool, requireGo } from "./go.mjs";
import { installPackages } from "./install.mjs";
import { main, npmBin, run, say } from "./step.mjs";

const page = "http://127.0.0.1:5173";

const air = {
  root: ".",
  tmp_dir: join("bin", "dev"),
  "build.cmd": `go build -o ${join("bin", "dev", "licensedesk")} .`,
  "build.entrypoint": join("bin", "dev", "licensedesk"),
  "build.args_bin": `serve,--demo,--public-url,${page}`,
  "build.include_ext": "go,graphql,sql,csv",
  "build.exclude_dir": "bin,data,docs,frontend,node_modules,scripts",
  "build.exclude_regex": "_test\\.go$",
  "build.send_interrupt": "true",
  "build.kill_delay": "11s",
  "misc.clean_on_exit": "false",
};

await main(async () => {
  await requireGo();
  await installPackages();
  const options = Object.entries(air).flatMap(([name, value]) => [`--${name}`, value]);
  const server = run(await goTool("air"), options, { env: goEnv });
  say(`open ${page}, or the sign-in link that the server prints`);
  await Promise.race([server, run(npmBin("vite"), ["frontend", "--clearScreen", "false"])]);
});
