import { expect, test } from "vitest";
import { expectAccessible, on, renderApp } from "../testing/renderApp";
import { conflicts, cost, e3, expired, pool, pools, subscription } from "../testing/samples";

const choosing = "/o/nordvind/subscriptions?pool=pool_1&intent=buy";

function ofPool(...subscriptions: object[]) {
  return { node: { __typename: "LicensePool", id: "pool_1", product: e3, subscriptions } };
}

test("lets choose between several, the first active one proposed", async () => {
  const { screen, router } = await renderApp(choosing, {
    PoolSubscriptions: ofPool(subscription(expired), subscription()),
    SubscriptionToChange: { node: subscription() },
  });
  await expect.element(screen.getByRole("heading", { name: "Subscriptions", level: 1 })).toBeVisible();
  await expect.element(screen.getByRole("radio", { name: "Office 365 E3 (annual)" })).toBeChecked();
  await expectAccessible();
  await screen.getByRole("link", { name: /^Add\/remove licenses/ }).click();
  await expect.poll(() => router.state.location.pathname).toBe("/o/nordvind/subscriptions/sub_1/licenses");
});

test("skips the choice when there is only one", async () => {
  const { router } = await renderApp(choosing, {
    PoolSubscriptions: ofPool(subscription()),
    SubscriptionToChange: { node: subscription() },
  });
  await expect.poll(() => router.state.location.pathname).toBe("/o/nordvind/subscriptions/sub_1/licenses");
});

test("switches automatic renewal, and back by Undo", async () => {
  const sent: unknown[] = [];
  const { screen } = await renderApp("/o/nordvind/subscriptions", {
    AllSubscriptions: {
      licenseSubscriptions: {
        __typename: "LicenseSubscriptionConnection",
        totalCount: 1,
        edges: [{ __typename: "LicenseSubscriptionEdge", node: subscription() }],
      },
    },
    ...on("SetAutoRenew", ({ input: { autoRenew } }) => {
      sent.push(autoRenew);
      const changed = { __typename: "LicenseSubscription", id: "sub_1", autoRenew, version: sent.length + 1 };
      return { setAutoRenew: { __typename: "SetAutoRenewPayload", licenseSubscription: changed, userErrors: [] } };
    }),
  });
  const control = screen.getByRole("switch", { name: /^Automatic renewal/ });
  await control.click();
  await expect.element(control).not.toBeChecked();
  await screen.getByRole("button", { name: "Undo" }).click();
  await expect.element(control).toBeChecked();
  expect(sent).toEqual([false, true]);
});

test("renews an expired subscription in a dialog and reviews the cost", async () => {
  const renewed = {
    __typename: "RenewSubscriptionPayload",
    licenseSubscription: subscription({ ...expired, state: "ACTIVE", version: 2 }),
    pool: pool({ valid: 105, conflict: null }),
    conflict: null,
    cost: cost("0.00", "295.00", "295.00", "295.00"),
    userErrors: [],
  };
  const { screen, router } = await renderApp("/o/nordvind/licenses?renew=sub_2", {
    LicensesPage: { licensePools: pools(pool()), conflicts: conflicts(1) },
    SubscriptionToChange: { node: subscription(expired) },
    PreviewRenewSubscription: { renewSubscription: { ...renewed, licenseSubscription: null, pool: null } },
    RenewSubscription: { renewSubscription: renewed },
  });
  const dialog = screen.getByRole("dialog");
  await expect.element(dialog.getByText("DKK 295.00", { exact: true })).toBeVisible();
  await expectAccessible();
  await dialog.getByRole("button", { name: "Renew" }).click();
  await expect.element(dialog.getByRole("heading", { name: "Review your new monthly cost" })).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect.poll(() => router.state.location.search).toEqual({});
});
