import { describe, expect, test } from "vitest";
import { findProducts } from "./catalog";

const product = (name: string, partNumber: string) => ({ id: partNumber, name, partNumber, price: null });

describe("findProducts", () => {
  const products = [product("Office 365 E3", "ENTERPRISEPACK"), product("Visio Plan 2", "VISIOCLIENT")];

  test.each([
    ["365", "ENTERPRISEPACK"],
    [" visio ", "VISIOCLIENT"],
    ["clie", "VISIOCLIENT"],
  ])("finds %j by name or part number", (typed, partNumber) => {
    expect(findProducts(products, typed).found.map((each) => each.partNumber)).toEqual([partNumber]);
  });

  test("shows no more than can be read through, and says how many more there are", () => {
    const many = [...Array(53).keys()].map((n) => product(`Product ${n}`, `P${n}`));
    const { found, more } = findProducts(many, "");
    expect([found.length, more]).toEqual([50, 3]);
  });
});
