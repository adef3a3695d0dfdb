// Totals for the next renewal, and new subscriptions, in both languages.
import assert from "node:assert/strict";
import { assertAccessible } from "./axe.mjs";
import { poolOf } from "./desk.mjs";
import { named } from "./names.mjs";
import { story } from "./story.mjs";

story("an administrator plans and buys subscriptions", {
  "warns of the conflict that fewer licenses open at the renewal": warns,
  "plans fewer licenses for the renewal": plans,
  "cancels what is planned, and undoes it": cancelsAndUndoes,
  "buys a subscription where the conflict has none that is active": buysForConflict,
  "buys another one with the keyboard alone": buysByKeyboard,
  "leaves every invariant intact": ({ desk }) => desk.server.cli("verify"),
});

const row = (page, text) => page.getByRole("row").filter({ hasText: text });

async function goTo(page, name, place) {
  await page.getByRole("navigation", { name: name.main }).getByRole("link", { name: place }).click();
  await page.getByRole("heading", { level: 1, name: place }).waitFor();
}

async function planned(desk, product) {
  const { licenseSubscriptions } = await desk.ask(
    "{ licenseSubscriptions(first: 50) { nodes { totalLicenses scheduledTotal product { name } } } }",
  );
  const found = licenseSubscriptions.nodes.find((subscription) => subscription.product.name === product);
  return [found.totalLicenses, found.scheduledTotal];
}

async function openTotal({ page, name }, product) {
  await goTo(page, name, name.subscriptions);
  await row(page, product)
    .getByRole("link", { name: named(name.changeLicenses) })
    .click();
  await page.getByRole("radio", { name: named(name.now), checked: true }).waitFor();
  await page.getByRole("radio", { name: named(name.atRenewal) }).check();
}

async function review({ page, name }) {
  await page.getByRole("button", { name: named(name.submit), disabled: false }).click();
  await page.getByRole("heading", { name: name.review }).waitFor();
  await page.getByRole("term").filter({ hasText: name.newMonthlyCost }).waitFor();
  await assertAccessible(page, "review of the monthly cost");
  await page.getByRole("link", { name: name.close }).click();
  await page.getByRole("table", { name: name.licenses }).waitFor();
}

async function warns({ desk, page, name }) {
  const { assigned } = await poolOf(desk, "Frontline");
  await openTotal({ page, name }, "Frontline");
  await page.getByLabel(name.totalLicenses).fill(String(assigned - 10));
  await page.getByText(name.opensConflict(10)).waitFor();
  await page.getByText(name.nothingNow).waitFor();
  const submit = page.getByRole("button", { name: named(name.submit) });
  assert.equal(await submit.getAttribute("aria-disabled"), "true");
  await page.getByRole("checkbox", { name: named(name.accept) }).check();
  await submit.and(page.locator(":not([aria-disabled=true])")).waitFor();
  await assertAccessible(page, "a total that opens a conflict at the renewal");
}

async function plans({ desk, page, name }) {
  const { assigned } = await poolOf(desk, "Frontline");
  await page.getByLabel(name.totalLicenses).fill(String(assigned));
  await page.getByText(name.nothingNow).waitFor();
  await review({ page, name });
  assert.deepEqual(await planned(desk, "Frontline"), [150, assigned]);
  await goTo(page, name, name.subscriptions);
  await row(page, "Frontline").getByText(name.changesTo(assigned)).waitFor();
  await assertAccessible(page, "Subscriptions with a planned total");
}

async function cancelsAndUndoes({ desk, page, name }) {
  const [, total] = await planned(desk, "Frontline");
  const changes = row(page, "Frontline").getByText(name.changesTo(total));
  await row(page, "Frontline")
    .getByRole("button", { name: named(name.cancelChange) })
    .click();
  await changes.waitFor({ state: "detached" });
  assert.deepEqual(await planned(desk, "Frontline"), [150, null]);
  await page.getByRole("button", { name: name.undo }).click();
  await changes.waitFor();
  assert.deepEqual(await planned(desk, "Frontline"), [150, total]);
}

async function buysForConflict({ desk, page, name }) {
  await goTo(page, name, name.licenses);
  await row(page, "Mail Plus")
    .getByRole("link", { name: named(name.buyMore) })
    .click();
  await page.getByRole("heading", { level: 1, name: name.buySubscription }).waitFor();
  assert.equal(await page.getByRole("combobox", { name: name.product }).inputValue(), "Mail Plus");
  const total = page.getByLabel(name.totalLicenses);
  assert.equal(await total.inputValue(), "", "the number is proposed, not decided");
  await total.fill("20");
  await page.getByText(name.resolvesConflict).waitFor();
  await assertAccessible(page, "Buy a subscription");
  await review({ page, name });
  await row(page, "Mail Plus").getByText(name.needLicense(20)).waitFor({ state: "detached" });
  const { valid, conflict } = await poolOf(desk, "Mail Plus");
  assert.deepEqual([valid, conflict], [20, null]);
}

async function buysByKeyboard({ desk, page, name }) {
  const press = (key) => page.keyboard.press(key);
  await goTo(page, name, name.subscriptions);
  await page.getByRole("link", { name: name.buySubscription }).focus();
  await press("Enter");
  const product = page.getByRole("combobox", { name: name.product });
  await product.focus();
  await page.keyboard.type("rooms");
  await page.getByRole("option", { name: named("Meeting Rooms") }).waitFor();
  await assertAccessible(page, "the catalog");
  await press("ArrowDown");
  await press("Enter");
  await page.waitForFunction((box) => box.value === "Meeting Rooms", await product.elementHandle());
  await press("Tab");
  await page.keyboard.type("3");
  await page.getByText(name.newMonthlyCost).waitFor();
  await press("Enter");
  await page.getByRole("heading", { name: name.review }).waitFor();
  const { valid, assigned } = await poolOf(desk, "Meeting Rooms");
  assert.deepEqual([valid, assigned], [3, 0]);
}
