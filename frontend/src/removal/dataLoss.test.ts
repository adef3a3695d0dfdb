import { describe, expect, test } from "vitest";
import { lostData } from "./dataLoss";

const now = "2026-11-23T12:00:00Z";
const mail = { name: "Mail", retentionDays: 30 };
const files = { name: "Files", retentionDays: 93 };
const apps = { name: "Apps", retentionDays: 0 };
const dueMail = "2026-12-23T00:00:00Z";

describe("what is lost with a removal", () => {
  test("is a line a service, however many users lose it", () => {
    const twice = [
      { plan: mail, due: dueMail },
      { plan: mail, due: dueMail },
    ];
    expect(lostData(twice, [mail, files], now)).toEqual([
      { name: "Mail", gone: dueMail, restorableUntil: "2026-12-22T00:00:00.000Z" },
    ]);
  });

  test("leaves out services that other licenses cover", () => {
    expect(lostData([{ plan: mail, due: dueMail }], [mail, files], now).map(({ name }) => name)).toEqual(["Mail"]);
  });

  test("has no day for a service that keeps no data", () => {
    expect(lostData([{ plan: apps, due: "2026-11-23T00:00:00Z", doneAt: now }], [apps], now)).toEqual([{ name: "Apps" }]);
  });

  test("names every service of the product when the server's list is cut off", () => {
    const cutOff = Array.from({ length: 100 }, () => ({ plan: mail, due: dueMail }));
    const [, second] = lostData(cutOff, [mail, files], now);
    expect(second).toEqual({ name: "Files", gone: "2027-02-24T00:00:00.000Z", restorableUntil: "2027-02-23T00:00:00.000Z" });
  });
});
