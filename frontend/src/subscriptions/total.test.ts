import { describe, expect, test } from "vitest";
import { parseTotal } from "./total";

describe("parseTotal", () => {
  test.each([
    ["0", 0],
    [" 105 ", 105],
    ["1000000", 1_000_000],
  ])("takes %j", (typed, total) => expect(parseTotal(typed)).toBe(total));

  test.each(["", "-1", "1.5", "1e3", "1000001", "99999999", "five"])("refuses %j", (typed) => {
    expect(parseTotal(typed)).toBeUndefined();
  });
});
