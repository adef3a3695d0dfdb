import { expect, test } from "vitest";
import { lossOf } from "./lossOf";

const mail = { id: "pln_1", name: "Mail", retentionDays: 30 };
const chat = { id: "pln_2", name: "Chat", retentionDays: 30 };
const files = { id: "pln_3", name: "Files", retentionDays: 93 };
const now = "2026-11-26T12:00:00Z";
const dueMail = "2026-12-26T00:00:00Z";

const what = (userCount: number, ...losses: { due: string; plan: typeof mail }[]) => ({
  resolution: { dataLoss: true, userCount, users: { totalCount: userCount, nodes: [{ losses }] } },
  plans: [mail, chat, files],
  now,
  join: (names: string[]) => names.join(" and "),
});

test("services whose data is gone on the same day are one line", () => {
  const lost = lossOf(what(1, { due: dueMail, plan: mail }, { due: dueMail, plan: chat }));
  expect(lost).toEqual([{ name: "Chat and Mail", gone: dueMail, restorableUntil: "2026-12-25T00:00:00.000Z" }]);
});

test("every service of the product may be lost by users who are not read", () => {
  const lost = lossOf(what(101, { due: dueMail, plan: mail }));
  expect(lost.map(({ name }) => name)).toEqual(["Chat and Mail", "Files"]);
});

test("nothing is lost where the server says so, however many users there are", () => {
  const { resolution, ...rest } = what(101);
  expect(lossOf({ ...rest, resolution: { ...resolution, dataLoss: false } })).toEqual([]);
});
