import { expect, test } from "vitest";
import { type Answers, expectAccessible, on, renderApp, shell } from "../testing/renderApp";
import { conflict, conflicts, cost, e3, money, pool, pools, refused, subscription } from "../testing/samples";

const path = "/o/nordvind/subscriptions/new";

const product = (id: string, name: string, price: string | null) => ({
  __typename: "Product",
  id,
  partNumber: id.toUpperCase(),
  name,
  price: price === null ? null : money(price),
});
const visio = product("prd_visio", "Visio Plan 2", "99.00");
const catalog = [product("prd_access", "Access", null), product("prd_e3", "Office 365 E3", "59.00"), visio];

function page(products: object[], endCursor: string | null): object {
  const pageInfo = { __typename: "PageInfo", hasNextPage: endCursor !== null, endCursor };
  const edges = products.map((node) => ({ __typename: "ProductEdge", node }));
  return { products: { __typename: "ProductConnection", totalCount: 3, pageInfo, edges } };
}

/** A server with a catalog of two pages, and five users who need a license of the E3. */
function server(changes: Answers = {}): Answers {
  const answer = (total: number) => ({
    __typename: "PurchaseSubscriptionPayload",
    licenseSubscription: subscription({ id: "sub_9", totalLicenses: total, term: "MONTHLY" }),
    pool: pool({ conflict: total < 5 ? conflict({ shortfall: 5 - total }) : null }),
    conflict: total < 5 ? conflict({ shortfall: 5 - total }) : null,
    cost: cost("0.00", `${total * 59}.00`, `${total * 59}.00`, `${total * 59}.00`),
    userErrors: [],
  });
  return {
    ...on("Catalog", ({ after }) => (after ? page(catalog.slice(2), null) : page(catalog.slice(0, 2), "p2"))),
    Shortfalls: {
      organization: { __typename: "Organization", id: "org_1", currency: "DKK" },
      conflicts: {
        __typename: "ConflictConnection",
        totalCount: 1,
        edges: [{ __typename: "ConflictEdge", node: { __typename: "Conflict", id: "cfl_1", shortfall: 5, product: e3 } }],
      },
    },
    ...on("PreviewPurchaseSubscription", ({ input }) => ({ purchaseSubscription: answer(Number(input.totalLicenses)) })),
    ...on("PurchaseSubscription", ({ input }) => ({ purchaseSubscription: answer(Number(input.totalLicenses)) })),
    LicensesPage: { licensePools: pools(pool({ conflict: null })), conflicts: conflicts(0) },
    AllSubscriptions: { licenseSubscriptions: { __typename: "LicenseSubscriptionConnection", totalCount: 0, edges: [] } },
    ...changes,
  };
}

test("finds a product by typing, with its price; one without a price cannot be chosen, and says why", async () => {
  const { screen, router } = await renderApp(path, server());
  const box = screen.getByRole("combobox", { name: "Product" });
  await box.click();
  await box.fill("ac");
  const none = screen.getByRole("option", { name: /^Access.*Has no price in DKK, so it cannot be bought/ });
  await expect.element(none).toHaveAttribute("aria-disabled", "true");
  await box.fill("visio");
  await expectAccessible();
  await screen.getByRole("option", { name: /^Visio Plan 2.*99.00 per license and month/ }).click();
  await expect.element(box).toHaveValue("Visio Plan 2");
  expect(router.state.location.search).toEqual({ product: "prd_visio" });
});

test("buys what a conflict lacks: proposes the number, shows what it costs, reviews it, and goes to the licenses", async () => {
  const { screen, router, asked } = await renderApp(`${path}?product=prd_e3`, server());
  await expect.element(screen.getByRole("combobox", { name: "Product" })).toHaveValue("Office 365 E3");
  const total = screen.getByLabelText("Total licenses");
  await expect.element(total).toHaveValue(null);
  await expect.element(total).toHaveAccessibleDescription("5 users need a valid license: 5 licenses resolve the conflict.");
  const submit = screen.getByRole("button", { name: "Submit" });
  await expect.element(submit).toHaveAttribute("aria-disabled", "true");
  await total.fill("5");
  await screen.getByRole("radio", { name: /^Annual/ }).click();
  await screen.getByRole("switch", { name: "Automatic renewal" }).click();
  await expect.element(screen.getByText("DKK 295.00", { exact: true })).toBeVisible();
  await expect.element(screen.getByText("This resolves the license conflict.")).toBeVisible();
  await expectAccessible();
  await submit.click();
  await expect.element(screen.getByRole("heading", { name: "Review your new monthly cost" })).toHaveFocus();
  const input = asked.find(({ name }) => name === "PurchaseSubscription")?.variables.input;
  expect(input).toMatchObject({ productId: "prd_e3", totalLicenses: 5, term: "ANNUAL", autoRenew: false });
  expect(input?.idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
  await expectAccessible();
  await screen.getByRole("link", { name: "Close" }).click();
  await expect.poll(() => router.state.location.pathname).toBe("/o/nordvind/licenses");
});

test("keeps what a reader may not buy in its place, with the reason", async () => {
  const viewer = { ...shell.viewer, can: refused("Needs an owner", "PURCHASE_SUBSCRIPTION", "SEE_COSTS") };
  const unpriced = catalog.map((each) => ({ ...each, price: null }));
  const reader = server({ Shell: { viewer }, Catalog: page(unpriced, null) });
  const { screen } = await renderApp("/o/nordvind/subscriptions", reader);
  const link = screen.getByRole("button", { name: "Buy a subscription" });
  await expect.element(link).toHaveAccessibleDescription("Needs an owner");
  screen.unmount();
  const again = await renderApp(`${path}?product=prd_e3`, reader);
  await again.screen.getByLabelText("Total licenses").fill("5");
  await expect.element(again.screen.getByRole("button", { name: "Submit" })).toHaveAccessibleDescription("Needs an owner");
  expect(again.asked.map(({ name }) => name)).not.toContain("PreviewPurchaseSubscription");
});

test("shows why nothing was bought, and sends what is corrected with a new key", async () => {
  const refusal = { __typename: "UserError", code: "BAD_INPUT", field: null, message: "Too large.", fix: "Name a lower total." };
  const nothing = { licenseSubscription: null, pool: null, conflict: null, cost: null, userErrors: [refusal] };
  const { screen, asked } = await renderApp(
    `${path}?product=prd_e3`,
    server({ PurchaseSubscription: { purchaseSubscription: { __typename: "PurchaseSubscriptionPayload", ...nothing } } }),
  );
  for (const total of ["7", "6"]) {
    await screen.getByLabelText("Total licenses").fill(total);
    await screen.getByRole("button", { name: "Submit" }).click();
    await expect.element(screen.getByRole("alert")).toHaveTextContent("Too large. Name a lower total.");
    await expect
      .poll(() => asked.filter(({ name }) => name === "PurchaseSubscription").at(-1)?.variables.input.totalLicenses)
      .toBe(Number(total));
  }
  const keys = asked.filter(({ name }) => name === "PurchaseSubscription").map(({ variables }) => variables.input.idempotencyKey);
  expect(new Set(keys).size).toBe(2);
});

test("is where buying more leads when the product has no active subscription", async () => {
  const lapsed = subscription({ state: "EXPIRED" });
  const node = { __typename: "LicensePool", id: "pool_1", product: e3, subscriptions: [lapsed] };
  const { screen, router } = await renderApp("/o/nordvind/licenses", {
    ...server(),
    LicensesPage: {
      licensePools: pools(pool({ subscriptions: [lapsed], can: refused("The product has no active subscription.") })),
      conflicts: conflicts(1),
    },
    OpenConflicts: { conflicts: conflicts(1) },
    PoolSubscriptions: { node },
  });
  await screen.getByRole("link", { name: /^Buy more/ }).click();
  await expect.element(screen.getByRole("heading", { name: "Buy a subscription", level: 1 })).toBeVisible();
  await expect.element(screen.getByRole("combobox", { name: "Product" })).toHaveValue("Office 365 E3");
  expect(router.state.location.pathname).toBe(path);
});

test("says so when the catalog cannot be read, and reads it again", async () => {
  let there = false;
  const { screen } = await renderApp(path, server(on("Catalog", () => (there ? page(catalog, null) : (undefined as never)))));
  await expect.element(screen.getByText("This could not be loaded")).toBeVisible();
  there = true;
  await screen.getByRole("button", { name: "Try again" }).click();
  await expect.element(screen.getByRole("combobox", { name: "Product" })).toBeVisible();
});
