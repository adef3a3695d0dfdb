import assert from "node:assert/strict";
import { test } from "node:test";
import { countAudits, countGotestsum, countNode, countVitest } from "./counts.mjs";

test("gotestsum: skipped tests and packages that do not build count as failed", () => {
  assert.deepEqual(countGotestsum("✓  clock\nDONE 12 tests in 3.1s\n"), { passed: 12, failed: 0 });
  assert.deepEqual(countGotestsum("DONE 12 tests, 1 skipped, 2 failures, 1 error in 3.1s"), { passed: 9, failed: 4 });
  assert.deepEqual(countGotestsum("DONE 0 tests, 1 error in 0.4s"), { passed: 0, failed: 1 });
});

test("node: skipped, cancelled and unwritten tests count as failed", () => {
  const output = "ℹ tests 7\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 1\n";
  assert.deepEqual(countNode(output), { passed: 3, failed: 4 });
});

test("vitest: the line of tests counts, not the line of files", () => {
  const output = " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 12 passed | 1 skipped (14)\n";
  assert.deepEqual(countVitest(output), { passed: 12, failed: 2 });
});

test("graphql-http: what is neither MUST nor SHOULD does not count as failed", () => {
  assert.deepEqual(countAudits("graphql-http: 58 of 61 audits pass, 2 MUST or SHOULD fail"), { passed: 58, failed: 2 });
});

test("a runner that says nothing has passed nothing", () => {
  for (const count of [countGotestsum, countNode, countVitest, countAudits]) {
    assert.deepEqual(count(""), { passed: 0, failed: 0 });
  }
});
