// How every script speaks and runs commands: one voice, from the repository's root.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** An error whose message is all that the reader needs: shown without a stack. */
export class Fault extends Error {}

export function say(message) {
  process.stderr.write(`• ${message}\n`);
}

/** The path of a command that npm installed. */
export function npmBin(name) {
  return join(root, "node_modules", ".bin", name);
}

const running = new Set();
let stopped = false;

// A terminal's Ctrl-C reaches the commands by itself; a SIGTERM to this process is handed on. Nothing new is started
// afterwards, and whoever waits for a command gets its failure and cleans up.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    stopped = true;
    if (signal === "SIGTERM") for (const child of running) child.kill(signal);
  });
}

/**
 * Runs a command with its output shown. Rejects with a Fault when it cannot start or exits other than 0.
 * With `echo`, resolves to what it wrote to stdout, shown as well.
 */
export async function run(command, args, { echo = false, ...options } = {}) {
  const child = start(command, args, { stdio: ["ignore", echo ? "pipe" : "inherit", "inherit"], ...options });
  const text = collect(child, (chunk) => process.stdout.write(chunk));
  const code = await exitOf(child, command);
  if (code !== 0) throw Object.assign(new Fault(`${[command, ...args].join(" ")}: exit ${code}`), { stdout: text() });
  return text();
}

/** Runs a command in silence and resolves to its stdout; what it wrote to stderr is in the Fault when it fails. */
export async function capture(command, args, options = {}) {
  const child = start(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const text = collect(child);
  let complaint = "";
  child.stderr.on("data", (chunk) => (complaint += chunk));
  const code = await exitOf(child, command);
  if (code !== 0) throw new Fault(`${[command, ...args].join(" ")}: exit ${code}\n${complaint.trim()}`);
  return text();
}

/** Runs the script's main function; a Fault ends it with its message alone, anything else with its stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Fault ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}

/** Refuses to begin anything once this process has been told to stop. */
export function refuseWhenStopped() {
  if (stopped) throw new Fault("stopped");
}

function start(command, args, options) {
  refuseWhenStopped();
  const child = spawn(command, args, { cwd: root, ...options });
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

function collect(child, show = () => {}) {
  const chunks = [];
  child.stdout?.on("data", (chunk) => {
    chunks.push(chunk);
    show(chunk);
  });
  return () => Buffer.concat(chunks).toString();
}

function exitOf(child, command) {
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Fault(`${command} cannot be started: ${error.message}`)));
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
}
