import { describe, expect, test } from "vitest";
import { formats } from "./format";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("formats", () => {
  test("writes money as the language does", () => {
    const cost = { amount: "6195.00", currency: "DKK" };
    expect(plain(formats("en").money(cost))).toBe("DKK 6,195.00");
    expect(plain(formats("da").money(cost))).toBe("6.195,00 kr.");
  });

  test("loses no digit of an amount beyond what a number can hold", () => {
    expect(plain(formats("en").money({ amount: "90071992547409931.25", currency: "USD" }))).toBe("$90,071,992,547,409,931.25");
  });

  test("signs a change in both directions, but not none", () => {
    const { moneyChange } = formats("en");
    const signed = ["295.00", "-295.00", "0.00"].map((amount) => plain(moneyChange({ amount, currency: "DKK" })));
    expect(signed).toEqual(["+DKK 295.00", "-DKK 295.00", "DKK 0.00"]);
  });

  test("keeps a day that begins at 00:00 UTC, wherever the browser is", () => {
    expect(formats("da").day("2027-02-01T00:00:00Z")).toBe("1. feb. 2027");
  });
});
