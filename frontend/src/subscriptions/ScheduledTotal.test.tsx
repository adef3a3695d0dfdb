import { expect, test } from "vitest";
import { type Answers, expectAccessible, on, renderApp } from "../testing/renderApp";
import { cost, pool, subscription } from "../testing/samples";

const path = "/o/nordvind/subscriptions/sub_1/licenses";

const nothing = { licenseSubscription: null, pool: null, conflict: null, cost: null };

type Input = { totalLicenses?: number; atRenewal?: boolean; dryRun?: boolean; acceptConflict?: boolean };

/** A server with 95 of 100 licenses assigned, on which a renewal at 59 kroner a license can be planned. */
function server(fields: Record<string, unknown> = {}): Answers {
  let now = { totalLicenses: 100, scheduledTotal: null as number | null, version: 1, ...fields };
  const answer = (typename: string, { totalLicenses = 0, atRenewal, dryRun, acceptConflict }: Input) => {
    const short = Math.max(0, 95 - totalLicenses);
    const refused = typename === "ReduceLicensesPayload" && short > 0 && !acceptConflict;
    if (refused) return { ...nothing, __typename: typename, userErrors: [inUse(short)] };
    const scheduledTotal = totalLicenses === now.totalLicenses ? null : totalLicenses;
    const after = atRenewal ? { ...now, scheduledTotal } : { ...now, totalLicenses };
    if (!dryRun) now = { ...after, version: now.version + 1 };
    return {
      __typename: typename,
      licenseSubscription: dryRun
        ? { __typename: "LicenseSubscription", scheduledTotal: after.scheduledTotal }
        : subscription(now),
      pool: dryRun ? null : pool({ assigned: 95, conflict: null }),
      conflict: null,
      cost: cost("5900.00", `${totalLicenses * 59}.00`, `${(totalLicenses - 100) * 59}.00`, "0.00"),
      userErrors: [],
    };
  };
  return {
    ...on("SubscriptionToChange", () => ({ node: subscription(now) })),
    ...on("PreviewBuyLicenses", ({ input }) => ({ buyLicenses: answer("BuyLicensesPayload", input) })),
    ...on("PreviewReduceLicenses", ({ input }) => ({ reduceLicenses: answer("ReduceLicensesPayload", input) })),
    ...on("PreviewReductionAtRenewal", ({ accepted, unaccepted }) => ({
      accepted: answer("ReduceLicensesPayload", accepted as Input),
      unaccepted: answer("ReduceLicensesPayload", unaccepted as Input),
    })),
    ...on("BuyLicenses", ({ input }) => ({ buyLicenses: answer("BuyLicensesPayload", input) })),
    ...on("ReduceLicenses", ({ input }) => ({ reduceLicenses: answer("ReduceLicensesPayload", input) })),
  };
}

function inUse(shortfall: number): object {
  const facts = [{ __typename: "Fact", name: "shortfall", value: String(shortfall) }];
  return { __typename: "UserError", code: "LICENSES_IN_USE", field: null, message: "In use", fix: "Accept", facts };
}

test("plans another total for the next renewal: what it will cost then, and that nothing is charged now", async () => {
  const { screen, asked } = await renderApp(path, server());
  await expect.element(screen.getByRole("radio", { name: "Now" })).toBeChecked();
  await screen.getByRole("radio", { name: "At the next renewal (Feb 1, 2027)" }).click();
  await screen.getByLabelText("Total licenses").fill("97");
  await expect.element(screen.getByText(/^New monthly cost from Feb 1, 2027/)).toBeVisible();
  await expect.element(screen.getByText("DKK 5,723.00", { exact: true })).toBeVisible();
  await expect.element(screen.getByText(/nothing is charged now/)).toBeVisible();
  await expectAccessible();
  await screen.getByRole("button", { name: "Submit" }).click();
  await expect.element(screen.getByRole("heading", { name: "Review your new monthly cost" })).toHaveFocus();
  await expect.element(screen.getByText("Feb 1, 2027, the next renewal")).toBeVisible();
  await expectAccessible();
  const sent = asked.find(({ name }) => name === "ReduceLicenses")?.variables.input;
  expect(sent).toMatchObject({ totalLicenses: 97, atRenewal: true, expectedVersion: 1 });
});

test("warns of the conflict that opens on the day of the renewal, which must be accepted", async () => {
  const { screen, asked } = await renderApp(path, server());
  await screen.getByRole("radio", { name: /^At the next renewal/ }).click();
  await screen.getByLabelText("Total licenses").fill("80");
  const warning = "A license conflict opens on Feb 1, 2027: 15 users will need a valid license, as assigned today.";
  await expect.element(screen.getByText(warning)).toBeVisible();
  await expect.element(screen.getByText("DKK 4,720.00", { exact: true })).toBeVisible();
  const submit = screen.getByRole("button", { name: "Submit" });
  await expect.element(submit).toHaveAttribute("aria-disabled", "true");
  await screen
    .getByRole("checkbox", { name: "From Feb 1, 2027: I accept that 15 users will be without a valid license" })
    .click();
  await submit.click();
  await expect.element(screen.getByText("15 users need a valid license")).toBeVisible();
  expect(asked.find(({ name }) => name === "ReduceLicenses")?.variables.input).toMatchObject({ acceptConflict: true });
});

test("has no renewal to wait for while automatic renewal is off", async () => {
  const { screen } = await renderApp(path, server({ autoRenew: false }));
  const renewal = screen.getByRole("radio", { name: "At the next renewal" });
  await expect.element(renewal).toHaveAccessibleDescription("Automatic renewal is off: turn it on first.");
  await renewal.click({ force: true });
  await expect.element(screen.getByRole("radio", { name: "Now" })).toBeChecked();
  await expectAccessible();
});

test("cancels what is planned, goes on from there, and plans it again by Undo", async () => {
  const { screen, asked } = await renderApp(path, server({ scheduledTotal: 80 }));
  await expect.element(screen.getByText("Changes to 80 licenses on Feb 1, 2027")).toBeVisible();
  await screen.getByRole("button", { name: /^Cancel this change/ }).click();
  await expect.element(screen.getByText("Changes to 80 licenses on Feb 1, 2027")).not.toBeInTheDocument();
  expect(screen.getByText("The subscription was changed meanwhile").query()).toBeNull();
  await screen.getByRole("button", { name: "Undo" }).click();
  await expect.element(screen.getByText("Changes to 80 licenses on Feb 1, 2027")).toBeVisible();
  expect(asked.find(({ name }) => name === "BuyLicenses")?.variables.input).toMatchObject({
    totalLicenses: 100,
    atRenewal: true,
  });
  expect(screen.getByText("The subscription was changed meanwhile").query()).toBeNull();
  const again = asked.find(({ name }) => name === "ReduceLicenses")?.variables.input;
  expect(again).toMatchObject({ totalLicenses: 80, atRenewal: true, expectedVersion: 2 });
});

test("says what a total of today does to the planned one", async () => {
  const { screen } = await renderApp(path, server({ scheduledTotal: 80 }));
  await screen.getByLabelText("Total licenses").fill("105");
  await expect.element(screen.getByText("The change to 80 licenses at the next renewal stays.")).toBeVisible();
  await screen.getByRole("radio", { name: /^At the next renewal/ }).click();
  await screen.getByLabelText("Total licenses").fill("100");
  await expect.element(screen.getByText("This takes back the change to 80 licenses at the next renewal.")).toBeVisible();
});

test("says it in Danish", async () => {
  const { screen } = await renderApp(path, server({ scheduledTotal: 80 }), "da");
  await expect.element(screen.getByText("Ændres til 80 licenser den 1. feb. 2027")).toBeVisible();
  await expect.element(screen.getByRole("button", { name: /^Annuller ændringen/ })).toBeVisible();
});
