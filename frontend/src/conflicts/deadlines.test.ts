import { expect, test } from "vitest";
import { deadlines } from "./deadlines";

const service = (name: string, accessUntil: string, dataKeptUntil: string) => ({
  accessUntil: `${accessUntil}T11:00:00Z`,
  dataKeptUntil: `${dataKeptUntil}T11:00:00Z`,
  plan: { id: name, name },
});

test("puts services with the same days together, the earliest first", () => {
  const files = service("Files", "2027-02-19", "2027-05-23");
  const user = { services: [files, service("Mail", "2027-02-19", "2027-03-21"), service("Apps", "2027-02-19", "2027-03-21")] };
  expect(deadlines([user, user]).map(({ services, later }) => [services, later])).toEqual([
    [["Apps", "Mail"], false],
    [["Files"], false],
  ]);
});

test("tells the first day on which a user loses a service, and that others have it longer", () => {
  const users = [
    { services: [service("Mail", "2027-02-19", "2027-03-21")] },
    { services: [service("Mail", "2026-12-23", "2027-03-23")] },
  ];
  expect(deadlines(users)).toEqual([
    { services: ["Mail"], accessUntil: "2026-12-23T11:00:00Z", dataKeptUntil: "2027-03-23T11:00:00Z", later: true },
  ]);
});

test("has none where other licenses cover everything", () => {
  expect(deadlines([{ services: [] }])).toEqual([]);
});
