import { expect, test } from "vitest";
import { expectAccessible, renderApp } from "../testing/renderApp";
import { conflict, conflicts, e3, expired, pool, pools, refused, subscription } from "../testing/samples";

const path = "/o/nordvind/licenses";

function licenses(open: number, ...rows: object[]) {
  return {
    LicensesPage: { licensePools: pools(...rows), conflicts: conflicts(open) },
    OpenConflicts: { conflicts: conflicts(open) },
  };
}

test("shows no Status column while nothing is in conflict", async () => {
  const calm = pool({ assigned: 90, available: 10, conflict: null });
  const { screen } = await renderApp(path, licenses(0, calm));
  await expect.element(screen.getByRole("table", { name: "Licenses" })).toBeVisible();
  await expect.element(screen.getByRole("columnheader", { name: "Available" })).toBeVisible();
  expect(screen.getByRole("columnheader", { name: "Status" }).query()).toBeNull();
  await expectAccessible();
});

test("shows who needs a license and what ends the conflict, in the row that has one", async () => {
  const { screen } = await renderApp(path, licenses(1, pool()));
  const row = screen.getByRole("row", { name: "Office 365 E3" });
  await expect.element(row.getByText("5 users need a valid license")).toBeVisible();
  await expect.element(row.getByRole("link", { name: /^Buy more/ })).toBeVisible();
  await expect.element(row.getByRole("link", { name: /^Remove/ })).toBeVisible();
  expect(row.getByRole("link", { name: /^Renew/ }).query()).toBeNull();
  await expectAccessible();
});

test("says it in Danish, one user in the singular", async () => {
  const short = pool({ conflict: conflict({ shortfall: 1 }) });
  const { screen } = await renderApp(path, licenses(1, short), "da");
  await expect.element(screen.getByText("1 bruger skal have en gyldig licens")).toBeVisible();
  await expect.element(screen.getByRole("link", { name: /^Køb flere/ })).toBeVisible();
});

test("offers to renew when a subscription has expired", async () => {
  const lapsed = pool({
    conflict: conflict({ reason: "SUBSCRIPTION_EXPIRED" }),
    subscriptions: [subscription(), subscription(expired)],
  });
  const { screen } = await renderApp(path, licenses(1, lapsed));
  await expect.element(screen.getByRole("link", { name: "Renew: Office 365 E3" })).toBeVisible();
});

test("leads to the ways to end a conflict, from its row and, when it is the only one, from the notice", async () => {
  const { screen } = await renderApp(path, licenses(1, pool()));
  const ways = screen.getByRole("link", { name: "Ways to end it: Office 365 E3" });
  await expect.element(ways.nth(1)).toHaveAttribute("href", "/o/nordvind/conflicts/cfl_1");
  await expect.element(ways.first()).toHaveAttribute("href", "/o/nordvind/conflicts/cfl_1");
});

test("leads to each of several conflicts from its own row only", async () => {
  const another = pool({
    id: "pool_2",
    product: { ...e3, id: "prd_e5", name: "Office 365 E5" },
    conflict: conflict({ id: "cfl_2" }),
  });
  const { screen } = await renderApp(path, licenses(2, pool(), another));
  await expect.element(screen.getByRole("link", { name: "Ways to end it: Office 365 E5" })).toBeVisible();
  expect(screen.getByRole("link", { name: /^Ways to end it/ }).elements()).toHaveLength(2);
});

test("keeps what a reader may not do, disabled with the server's reason", async () => {
  const { screen } = await renderApp(path, licenses(1, pool({ can: refused("Needs an owner") })));
  const buy = screen.getByRole("button", { name: /^Buy more/ });
  await expect.element(buy).toHaveAttribute("aria-disabled", "true");
  await expect.element(buy).toHaveAccessibleDescription("Needs an owner");
});
