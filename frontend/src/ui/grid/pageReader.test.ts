import { expect, test } from "vitest";
import { createPageReader } from "./pageReader";

function recorder() {
  const open = new Set<number>();
  let reads = 0;
  const reader = createPageReader((offset) => {
    reads += 1;
    open.add(offset);
    return () => open.delete(offset);
  });
  return { reader, open: () => [...open].sort((a, b) => a - b), reads: () => reads };
}

test("reads the pages in view and one on each side", () => {
  const { reader, open } = recorder();
  reader.show(250, 310);
  expect(open()).toEqual([100, 200, 300, 400]);
});

test("lets go of pages that are out of view, and keeps the others without reading them again", () => {
  const { reader, open, reads } = recorder();
  reader.show(0, 20);
  reader.show(90, 110);
  expect(open()).toEqual([0, 100, 200]);
  expect(reads()).toBe(3);
  reader.show(99_980, 99_999);
  expect(open()).toEqual([99_800, 99_900, 100_000]);
});

test("reads what is in use again, and nothing once it is stopped", () => {
  const { reader, open, reads } = recorder();
  reader.show(0, 20);
  reader.again();
  expect(reads()).toBe(4);
  reader.stop();
  expect(open()).toEqual([]);
  reader.again();
  expect(reads()).toBe(4);
});
