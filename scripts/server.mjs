// The real binary for tests: `serve --demo` on a fresh database and a free port.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { binary } from "./build.mjs";
import { freePort } from "./postgres.mjs";
import { capture, Fault } from "./step.mjs";

const patience = 60_000;
const demo = "nordvang";

/**
 * Starts a server on a database of its own: SQLite, or with LICENSEDESK_TEST_DATABASE=postgres a new one in the cluster
 * of LICENSEDESK_TEST_POSTGRES. Resolves to its addresses, the command line on the same database, and stop.
 */
export async function startServer() {
  const home = mkdtempSync(join(tmpdir(), "licensedesk-server-"));
  const remove = () => rmSync(home, { recursive: true, force: true });
  const database =
    process.env.LICENSEDESK_TEST_DATABASE === "postgres" ? await newDatabase() : `sqlite://${join(home, "test.db")}`;
  const url = `http://127.0.0.1:${await freePort()}`;
  const env = { ...process.env, DATABASE_URL: database, LICENSEDESK_LISTEN: new URL(url).host };
  const server = spawn(binary, ["serve", "--demo"], { env, cwd: home });
  const cli = (...args) => capture(binary, args, { env, cwd: home });
  const token = (role = "OWNER", organization = demo) => newToken(cli, role, organization);
  const stop = stopper(server, remove);
  try {
    return { url, database, cli, token, stop, pid: server.pid, signInUrl: await signInUrlOf(server) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The sign-in link is the last thing that a starting server prints. */
function signInUrlOf(server) {
  return new Promise((resolve, reject) => {
    let output = "";
    const fail = (why) => reject(new Fault(`the server ${why}:\n${output}`));
    const read = (chunk) => {
      output += chunk;
      const link = /https?:\/\/\S+\/sign-in\/[\w-]+(?=\s)/.exec(output);
      if (link) resolve(link[0]);
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.on("error", (error) => fail(`cannot be started: ${error.message}`));
    server.on("exit", (code) => fail(`ended with exit ${code}`));
    setTimeout(fail, patience, `printed no sign-in link in ${patience / 1000} s`).unref();
  });
}

function stopper(server, remove) {
  const atExit = () => server.kill("SIGKILL") && remove();
  process.on("exit", atExit);
  return async () => {
    process.off("exit", atExit);
    const ended = new Promise((resolve) => server.once("close", resolve));
    if (server.exitCode === null && server.signalCode === null && server.kill("SIGTERM")) await ended;
    remove();
  };
}

async function newToken(cli, role, organization) {
  const made = await cli("token", "create", "--organization", organization, "--name", "test", "--role", role);
  return made.trim();
}

async function newDatabase() {
  const cluster = process.env.LICENSEDESK_TEST_POSTGRES;
  if (!cluster)
    throw new Fault('LICENSEDESK_TEST_POSTGRES is not set: run "npm test", or "node scripts/postgres.mjs -- COMMAND"');
  const url = new URL(cluster);
  const client = new pg.Client({ connectionString: cluster });
  await client.connect();
  url.pathname = `/e2e_${randomBytes(6).toString("hex")}`;
  await client.query(`CREATE DATABASE ${url.pathname.slice(1)}`);
  await client.end();
  return url.href;
}
