import { beforeEach, expect, test } from "vitest";
import { LiveSocket } from "../testing/liveSocket";
import { on, renderApp } from "../testing/renderApp";
import { conflict, conflicts, pool, pools } from "../testing/samples";

const path = "/o/nordvind/licenses";

beforeEach(() => {
  LiveSocket.subscriptions = [];
});

const short = (shortfall: number) => pool({ valid: 105 - shortfall, conflict: shortfall > 0 ? conflict({ shortfall }) : null });

/** A server on which five users lack a license; `change` makes it another number, and tells everybody. */
async function openLicenses() {
  let shortfall = 5;
  const open = () => ({ conflicts: conflicts(shortfall > 0 ? 1 : 0) });
  const page = () => ({ licensePools: pools(short(shortfall)), ...open() });
  const { screen } = await renderApp(path, { ...on("LicensesPage", page), ...on("OpenConflicts", open) }, "en", LiveSocket);
  await expect.element(screen.getByText("Live", { exact: true })).toBeVisible();
  await expect.poll(() => LiveSocket.subscriptions.length).toBe(2);
  const change = (left: number) => {
    shortfall = left;
    const now = { ...conflict({ shortfall }), resolvedAt: left > 0 ? null : "2026-11-23T12:00:00Z", pool: short(left) };
    const kind = left > 0 ? "CONFLICT_CHANGED" : "CONFLICT_RESOLVED";
    const event = { __typename: "ConflictEvent", cursor: "c2", kind, shortfall, conflict: now };
    LiveSocket.current?.emit("ConflictEvents", { conflictEvents: event });
  };
  return { screen, change };
}

test("shows a change that somebody else makes", async () => {
  const { screen, change } = await openLicenses();
  change(2);
  await expect.element(screen.getByText("2 users need a valid license")).toBeVisible();
});

test("takes the Status column away and says so when the last conflict has ended", async () => {
  const { screen, change } = await openLicenses();
  change(0);
  await expect.element(screen.getByRole("status")).toHaveTextContent("All license conflicts are resolved");
  expect(screen.getByRole("columnheader", { name: "Status" }).query()).toBeNull();
  await expect.element(screen.getByText("No license conflicts.")).toBeVisible();
});

test("goes on behind the last event after the connection was lost", async () => {
  const { screen, change } = await openLicenses();
  expect(LiveSocket.subscriptions[0]).toEqual({ name: "ConflictEvents", variables: { after: "c1" } });
  change(2);
  await expect.element(screen.getByText("2 users need a valid license")).toBeVisible();
  LiveSocket.current?.close(1012);
  await expect.element(screen.getByText("Reconnecting")).toBeVisible();
  await expect
    .poll(() => LiveSocket.subscriptions.slice(2), { timeout: 5000 })
    .toContainEqual({ name: "ConflictEvents", variables: { after: "c2" } });
});
