import { expect, test } from "vitest";
import { targetRow } from "./targetRow";

test.each([
  ["ArrowDown", 4, 5],
  ["ArrowUp", 4, 3],
  ["PageDown", 4, 13],
  ["PageUp", 40, 31],
  ["Home", 40, 0],
  ["End", 0, 99_999],
])("%s leads from row %i to row %i", (key, from, to) => {
  expect(targetRow(key, from, 100_000, 10)).toBe(to);
});

test("no key leads out of the list", () => {
  expect(targetRow("ArrowUp", 0, 10, 5)).toBe(0);
  expect(targetRow("PageDown", 8, 10, 5)).toBe(9);
});

test("other keys do not move", () => {
  expect(targetRow("a", 4, 10, 5)).toBeUndefined();
});
