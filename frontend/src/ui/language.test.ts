import { describe, expect, test } from "vitest";
import { chooseLanguage } from "./language";

describe("chooseLanguage", () => {
  test("takes the address first, for this visit", () => {
    expect(chooseLanguage("?lang=da", "en", ["en"])).toBe("da");
  });

  test("then what the person has saved", () => {
    expect(chooseLanguage("", "da", ["en-US"])).toBe("da");
  });

  test("then the first language of the browser that there is", () => {
    expect(chooseLanguage("", undefined, ["fr", "da-DK", "en"])).toBe("da");
  });

  test("else English", () => {
    expect(chooseLanguage("?lang=xx", undefined, ["fr"])).toBe("en");
  });
});
