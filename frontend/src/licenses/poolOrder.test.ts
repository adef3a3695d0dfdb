import { describe, expect, test } from "vitest";
import { keepOrder, sortPools } from "./poolOrder";

const pool = (id: string, name: string, shortfall?: number) => ({
  id,
  product: { name },
  conflict: shortfall === undefined ? null : { shortfall },
});

describe("sortPools", () => {
  test("puts the worst conflict first, then the rest by name", () => {
    const pools = [pool("a", "Visio"), pool("b", "E3", 2), pool("c", "E5", 7), pool("d", "Access")];
    expect(sortPools(pools, "en")).toEqual(["c", "b", "d", "a"]);
  });

  test("sorts names as the language does", () => {
    expect(sortPools([pool("a", "Ås"), pool("b", "Zoom")], "da")).toEqual(["b", "a"]);
  });
});

describe("keepOrder", () => {
  test("does not move rows that are on the screen", () => {
    expect(keepOrder(["a", "b"], ["b", "a"])).toEqual(["a", "b"]);
  });

  test("appends what is new and leaves out what is gone", () => {
    expect(keepOrder(["a", "b"], ["c", "b"])).toEqual(["b", "c"]);
  });
});
