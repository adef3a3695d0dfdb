// A PostgreSQL for tests: started in a temporary folder, gone afterwards.
// `node scripts/postgres.mjs -- go test ./…` runs a command with LICENSEDESK_TEST_POSTGRES set.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPostgres } from "./postgres-binaries.mjs";
import { capture, Fault, main, root, run, say } from "./step.mjs";

const variable = "LICENSEDESK_TEST_POSTGRES";

// A crash may lose test data, so nothing waits for the disk.
const testSettings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "timezone=UTC"];

/** Resolves to { url, stop } of a cluster; one that the environment names is used as it is and left running. */
export async function startPostgres() {
  if (process.env[variable]) return { url: process.env[variable], stop: async () => {} };
  const binaries = await findPostgres();
  const owner = await ownerOfServer();
  const home = mkdtempSync(join(tmpdir(), "licensedesk-postgres-"));
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    return await startIn(home, programs(binaries, home, owner), owner, remove);
  } catch (error) {
    remove();
    throw error;
  }
}

async function startIn(home, binaries, owner, remove) {
  const password = randomBytes(12).toString("hex");
  const passwordFile = join(home, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner.uid !== undefined) for (const path of [home, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const data = join(home, "data");
  const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const initdb = ["-D", data, ...access, "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"];
  await capture(join(binaries, "initdb"), initdb, { ...owner, cwd: home });
  const port = await freePort();
  const server = await serve(join(binaries, "postgres"), data, port, { ...owner, cwd: home });
  say(`PostgreSQL from ${binaries} listens on 127.0.0.1:${port}`);
  const stop = stopper(server, remove);
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`, stop };
}

/** Starts the server and waits until it says that it accepts connections. */
function serve(postgres, data, port, options) {
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", ...testSettings];
  const child = spawn(postgres, ["-D", data, ...settings.flatMap((setting) => ["-c", setting])], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let log = "";
    child.on("error", reject);
    child.on("exit", () => reject(new Fault(`PostgreSQL did not start:\n${log.trim()}`)));
    child.stderr.on("data", (chunk) => {
      log = (log + chunk).slice(-4000);
      if (log.includes("ready to accept connections")) resolve(child);
    });
  });
}

/** Ends the server and removes its folder, however this process ends. */
function stopper(server, remove) {
  const atExit = () => {
    server.kill("SIGQUIT");
    remove();
  };
  process.on("exit", atExit);
  return async () => {
    process.off("exit", atExit);
    server.removeAllListeners("exit");
    const ended = new Promise((resolve) => server.once("exit", resolve));
    if (server.exitCode === null && server.kill("SIGINT")) await ended;
    remove();
  };
}

/** The server refuses to run as root: then it runs as a user without rights. */
async function ownerOfServer() {
  if (process.getuid() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const ids = await Promise.all(["-u", "-g"].map((flag) => capture("id", [flag, name]))).catch(() => undefined);
    if (ids) return { uid: Number(ids[0]), gid: Number(ids[1]) };
  }
  throw new Fault("PostgreSQL does not run as root, and there is no user postgres or nobody to run it: run as another user");
}

/** That user may not be able to read this repository; programs inside it are then copied next to the data. */
function programs(binaries, home, owner) {
  if (owner.uid === undefined || !binaries.startsWith(root)) return binaries;
  const copy = join(home, "programs");
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "bin");
}

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function runWithPostgres(command, args) {
  if (command === undefined) throw new Fault("usage: node scripts/postgres.mjs -- COMMAND [ARGUMENT…]");
  const postgres = await startPostgres();
  try {
    await run(command, args, { cwd: process.cwd(), stdio: "inherit", env: { ...process.env, [variable]: postgres.url } });
  } finally {
    await postgres.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, ...args] = process.argv.slice(process.argv[2] === "--" ? 3 : 2);
  await main(() => runWithPostgres(command, args));
}
