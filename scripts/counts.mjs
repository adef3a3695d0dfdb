// How many tests ran, read from the closing lines of each runner. A skipped test counts as failed: it shows nothing.

const number = (text, pattern) => Number(pattern.exec(text)?.[1] ?? 0);

/** `DONE 12 tests, 1 skipped, 2 failures, 1 error in 3.1s`; an error is a package that does not build. */
export function countGotestsum(output) {
  const line = output.split("\n").findLast((text) => /^DONE \d/.test(text)) ?? "";
  const failed = number(line, /(\d+) skipped/) + number(line, /(\d+) failure/) + number(line, /(\d+) error/);
  return { passed: number(line, /(\d+) tests?\b/) - number(line, /(\d+) skipped/) - number(line, /(\d+) failure/), failed };
}

/** Node's own runner, reporter spec: `ℹ pass 12`, one line a kind, of which the last file's summary stands last. */
export function countNode(output) {
  const kind = (name) => number(output, new RegExp(`^ℹ ${name} (\\d+)$`, "m"));
  return { passed: kind("pass"), failed: kind("fail") + kind("cancelled") + kind("skipped") + kind("todo") };
}

/** `Tests  1 failed | 12 passed | 1 skipped (14)`, and test files that could not be loaded. */
export function countVitest(output) {
  const line = /^\s*Tests\s.*$/m.exec(output)?.[0] ?? "";
  const failed = number(line, /(\d+) failed/) + number(line, /(\d+) skipped/) + number(line, /(\d+) todo/);
  return { passed: number(line, /(\d+) passed/), failed };
}

/** `graphql-http: 60 of 61 audits pass, 0 MUST or SHOULD fail`; what an audit calls MAY is free. */
export function countAudits(output) {
  return { passed: number(output, /(\d+) of \d+ audits pass/), failed: number(output, /(\d+) MUST or SHOULD fail/) };
}
