// What `npm test` tells: each part's time and outcome in a table, then what ran, then the sum alone on the last line.
import { Fault, refuseWhenStopped, say } from "./step.mjs";

export class Report {
  #parts = [];

  /** A step without which the rest cannot run: its failure ends everything. */
  async needed(name, work) {
    await this.#timed(name, async () => ({ outcome: "done", result: await work() }));
  }

  /** A check that passes or fails as a whole; "not run" is neither. */
  async check(name, work) {
    await this.#timed(name, async () => {
      const result = await work();
      return result === "not run" ? { outcome: "not run" } : { passed: 1, failed: 0, outcome: "passed" };
    }).catch((error) => this.#failed(name, error));
  }

  /** A suite of tests that resolves to how many passed and failed. */
  async suite(name, work) {
    await this.#timed(name, async () => {
      const { passed, failed } = await work();
      return { passed, failed, outcome: `${passed} passed, ${failed} failed` };
    }).catch((error) => this.#failed(name, error));
  }

  /** Prints the report; throws when anything failed. */
  close() {
    const [passed, failed] = ["passed", "failed"].map((kind) => this.#parts.reduce((sum, part) => sum + (part[kind] ?? 0), 0));
    const width = Math.max(...this.#parts.map((part) => part.name.length));
    const rows = this.#parts.map(
      (part) => `${part.name.padEnd(width)}  ${part.seconds.toFixed(1).padStart(7)} s  ${part.outcome}`,
    );
    const ran = this.#parts.filter((part) => part.passed + part.failed > 0).map((part) => part.name);
    console.log(`\n${rows.join("\n")}\n\nran: ${ran.join("; ")}\n${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  }

  async #timed(name, work) {
    refuseWhenStopped();
    say(name);
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    try {
      this.#parts.push({ name, ...(await work()), seconds: seconds() });
    } catch (error) {
      throw Object.assign(error, { seconds: seconds() });
    }
  }

  #failed(name, error) {
    console.error(error instanceof Fault ? error.message : error.stack);
    this.#parts.push({ name, passed: 0, failed: 1, seconds: error.seconds ?? 0, outcome: "FAILED" });
  }
}
