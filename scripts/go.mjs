// The Go toolchain: refuses a missing or too old one in one line, and installs the Go tools that the checks use.
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { capture, Fault, root, run, say } from "./step.mjs";

/** The one way to compile without the race detector: build, generators and linters share what Go has compiled, wherever it lies. */
export const goEnv = { ...process.env, CGO_ENABLED: "0", GOFLAGS: `${process.env.GOFLAGS ?? ""} -trimpath`.trim() };

const tools = {
  "golangci-lint": ["github.com/golangci/golangci-lint/v2/cmd/golangci-lint", "v2.15.0"],
  govulncheck: ["golang.org/x/vuln/cmd/govulncheck", "v1.9.0"],
  gotestsum: ["gotest.tools/gotestsum", "v1.13.0"],
  air: ["github.com/air-verse/air", "v1.67.4"],
};

/** Refuses when Go is missing or older than go.mod asks for. */
export async function requireGo() {
  const wanted = /^go (\S+)$/m.exec(readFileSync(join(root, "go.mod"), "utf8"))[1];
  const advice = `LicenseDesk needs Go ${wanted} or newer: https://go.dev/dl/`;
  const found = await capture("go", ["version"]).catch(() => {
    throw new Fault(`Go is not installed. ${advice}`);
  });
  const version = /\bgo(\d+\.\d+(\.\d+)?)/.exec(found)?.[1];
  if (version && olderThan(version, wanted)) throw new Fault(`Go ${version} is too old. ${advice}`);
}

/** Refuses when there is no C compiler: the race detector is linked with C. */
export async function requireCompiler() {
  const compiler = (await capture("go", ["env", "CC"])).trim();
  await capture(compiler, ["--version"]).catch(() => {
    throw new Fault(
      `${compiler} is not installed: the tests' race detector needs a C compiler (Debian: apt-get install gcc libc6-dev)`,
    );
  });
}

/** Resolves to the path of a Go tool in its pinned version; built once, kept in bin/tools. */
export async function goTool(name) {
  const [module, version] = tools[name];
  const folder = join(root, "bin", "tools");
  const path = join(folder, `${name}-${version}`);
  if (existsSync(path)) return path;
  say(`building ${name} ${version} (once; a minute or more)`);
  await run("go", ["install", `${module}@${version}`], { env: { ...goEnv, GOBIN: folder } });
  renameSync(join(folder, name), path);
  return path;
}

function olderThan(version, wanted) {
  const [a, b] = [version, wanted].map((text) => text.split(".").map(Number));
  const index = b.findIndex((part, i) => part !== (a[i] ?? 0));
  return index >= 0 && (a[index] ?? 0) < b[index];
}
