import { expect, test } from "vitest";
import { type Answers, expectAccessible, on, renderApp } from "../testing/renderApp";
import { conflict, conflicts, cost, pool, pools, subscription } from "../testing/samples";

const path = "/o/nordvind/subscriptions/sub_1/licenses";
const licenses = { licensePools: pools(pool({ conflict: null })), conflicts: conflicts(0) };

const nothing = { __typename: "BuyLicensesPayload", licenseSubscription: null, pool: null, conflict: null, cost: null };

/** A server that buys and previews for 59 kroner a license, with 105 of them assigned. */
function server(changes: Answers = {}): Answers {
  const payload = (typename: string) => (total: number) => ({
    __typename: typename,
    licenseSubscription: subscription({ totalLicenses: total, version: 2 }),
    pool: pool({ valid: total, conflict: total < 105 ? conflict({ shortfall: 105 - total }) : null }),
    conflict: total < 105 ? conflict({ shortfall: 105 - total }) : null,
    cost: cost("5900.00", `${total * 59}.00`, `${(total - 100) * 59}.00`, "57.21"),
    userErrors: [],
  });
  const buy = payload("BuyLicensesPayload");
  const reduce = payload("ReduceLicensesPayload");
  return {
    SubscriptionToChange: { node: subscription() },
    ...on("PreviewBuyLicenses", ({ input }) => ({ buyLicenses: buy(Number(input.totalLicenses)) })),
    ...on("PreviewReduceLicenses", ({ input }) => ({ reduceLicenses: reduce(Number(input.totalLicenses)) })),
    ...on("BuyLicenses", ({ input }) => ({ buyLicenses: buy(Number(input.totalLicenses)) })),
    ...on("ReduceLicenses", ({ input }) => ({ reduceLicenses: reduce(Number(input.totalLicenses)) })),
    LicensesPage: licenses,
    ...changes,
  };
}

test("cannot be submitted while the total is today's", async () => {
  const { screen } = await renderApp(path, server());
  await expect.element(screen.getByLabelText("Total licenses")).toHaveValue(100);
  await expect.element(screen.getByRole("button", { name: "Submit" })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible();
});

test("shows the new cost before, reviews it after, and goes back to the licenses", async () => {
  const { screen, router, asked } = await renderApp(path, server());
  await screen.getByLabelText("Total licenses").fill("105");
  await expect.element(screen.getByText("DKK 6,195.00", { exact: true })).toBeVisible();
  await expect.element(screen.getByText("This resolves the license conflict.")).toBeVisible();
  await screen.getByRole("button", { name: "Submit" }).click();
  await expect.element(screen.getByRole("heading", { name: "Review your new monthly cost" })).toHaveFocus();
  await expect.element(screen.getByText("New monthly cost", { exact: true })).toBeVisible();
  const sent = asked.find(({ name }) => name === "BuyLicenses")?.variables.input;
  expect(sent).toMatchObject({ subscriptionId: "sub_1", totalLicenses: 105, expectedVersion: 1 });
  expect(sent?.idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
  await expectAccessible();
  await screen.getByRole("link", { name: "Close" }).click();
  await expect.poll(() => router.state.location.pathname).toBe("/o/nordvind/licenses");
});

test("reduces below the assigned only when the conflict is accepted", async () => {
  const { screen, asked } = await renderApp(path, server());
  await screen.getByLabelText("Total licenses").fill("95");
  const submit = screen.getByRole("button", { name: "Submit" });
  await expect.element(screen.getByText("With this total, 10 users will need a valid license.")).toBeVisible();
  await expect.element(submit).toHaveAttribute("aria-disabled", "true");
  await screen.getByRole("checkbox", { name: "I accept that 10 users will be without a valid license" }).click();
  await screen.getByLabelText("Total licenses").fill("90");
  await expect.element(screen.getByRole("checkbox", { name: /^I accept that 15 users/ })).not.toBeChecked();
  await screen.getByLabelText("Total licenses").fill("95");
  await screen.getByRole("checkbox", { name: "I accept that 10 users will be without a valid license" }).click();
  await submit.click();
  await expect.element(screen.getByRole("heading", { name: "Review your new monthly cost" })).toBeVisible();
  expect(asked.find(({ name }) => name === "ReduceLicenses")?.variables.input).toMatchObject({
    totalLicenses: 95,
    acceptConflict: true,
  });
});

test("shows both values when somebody else was faster, and goes on from there", async () => {
  const refusal = { __typename: "UserError", code: "CHANGED_MEANWHILE", field: null, message: "Changed", fix: "Look again" };
  let total = 100;
  const faster = server({
    ...on("SubscriptionToChange", () => ({ node: subscription({ totalLicenses: total, version: total - 99 }) })),
    ...on("BuyLicenses", () => {
      total = 103;
      return { buyLicenses: { ...nothing, userErrors: [refusal] } };
    }),
  });
  const { screen } = await renderApp(path, faster);
  await screen.getByLabelText("Total licenses").fill("105");
  await screen.getByRole("button", { name: "Submit" }).click();
  await expect.element(screen.getByText("Someone changed the total from 100 to 103")).toBeVisible();
  await screen.getByRole("button", { name: "Go on with 105" }).click();
  await expect.element(screen.getByText("Now 103, adding 2. Enter the new total, not the number to add.")).toBeVisible();
  await expect.element(screen.getByRole("button", { name: "Submit" })).not.toHaveAttribute("aria-disabled");
});

test("does not let a preview overwrite what is", async () => {
  const { screen } = await renderApp(path, server());
  await screen.getByLabelText("Total licenses").fill("105");
  await expect.element(screen.getByText("DKK 6,195.00", { exact: true })).toBeVisible();
  await expect.element(screen.getByText("100 licenses")).toBeVisible();
});
