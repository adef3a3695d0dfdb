// A conflict's page, end to end, in both languages: a removal that is undone, then a purchase by the keyboard alone.
import assert from "node:assert/strict";
import { assertAccessible } from "./axe.mjs";
import { poolOf } from "./desk.mjs";
import { named } from "./names.mjs";
import { story } from "./story.mjs";
import { tabTo } from "./tab.mjs";

const product = "Work Suite";

story("a license conflict's page", {
  "is reached from its row in Licenses": opensConflict,
  "tells until when each user has each service": tellsServices,
  "tells whom a way takes the license from, and why": tellsUsers,
  "ends by a removal, No first, and is open again when that is undone": removesAndUndoes,
  "ends by buying exactly what is missing, with the keyboard alone": buysByKeyboard,
  "leaves every invariant intact": ({ desk }) => desk.server.cli("verify"),
});

async function opensConflict({ page, name }) {
  const row = page.getByRole("row").filter({ hasText: product });
  await row.getByRole("link", { name: `${name.ways}: ${product}` }).click();
  await page.getByRole("heading", { level: 1, name: `${name.conflict}: ${product}` }).waitFor();
  await page.getByRole("main").and(page.locator(":focus")).waitFor();
  await page.getByText(name.needLicense(5)).waitFor();
  const ways = page.getByRole("list", { name: name.ways });
  await ways.getByText(name.restorable).first().waitFor();
  await ways.getByText(name.money).waitFor();
  assert.equal(await ways.getByRole("heading", { level: 3 }).count(), 2);
  await assertAccessible(page, "a conflict");
}

async function tellsServices({ page, name }) {
  const grid = page.getByRole("grid", { name: name.affected });
  assert.equal(await grid.getAttribute("aria-rowcount"), "6");
  await tabTo(page, grid.getByRole("button").first());
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Emil Mosebo" });
  await dialog.getByRole("row").filter({ hasText: "Desktop apps" }).getByText(name.noDataKept).waitFor();
  await assertAccessible(page, "the services of an affected user");
  await page.keyboard.press("Escape");
  await grid.getByRole("button").first().and(page.locator(":focus")).waitFor();
}

async function tellsUsers({ page, name }) {
  await page.getByRole("button", { name: named(name.showUsers) }).click();
  const dialog = page.getByRole("dialog", { name: name.proposed });
  await dialog.getByText(name.signInBlocked).first().waitFor();
  await assertAccessible(page, "the users of a way");
  await dialog.getByRole("button", { name: name.close }).click();
  await dialog.waitFor({ state: "detached" });
}

async function removesAndUndoes({ desk, page, name }) {
  const apply = page.getByRole("button", { name: named(`${name.apply}: 1.`) });
  await apply.click();
  const question = page.getByRole("alertdialog");
  await question.getByText(name.dataLoss).waitFor();
  await question.getByRole("button", { name: name.no }).and(page.locator(":focus")).waitFor();
  await assertAccessible(page, "confirmation of a removal");
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "detached" });
  assert.equal((await poolOf(desk, product)).assigned, 125, "No does nothing");

  await apply.click();
  await question.getByRole("button", { name: name.yes }).click();
  await page.getByRole("heading", { name: name.applied }).and(page.locator(":focus")).waitFor();
  assert.deepEqual(await figures(desk), [120, 120, null]);
  await assertAccessible(page, "a removal that ended the conflict");
  await page.getByRole("button", { name: name.undo }).click();
  await page.getByRole("heading", { name: named(name.undone) }).waitFor();
  await page.getByRole("link", { name: name.openNow }).click();
  await page.getByText(name.needLicense(5)).waitFor();
  assert.equal((await poolOf(desk, product)).assigned, 125);
}

async function buysByKeyboard({ desk, page, name }) {
  await tabTo(page, page.getByRole("button", { name: named(`${name.apply}: 2.`) }));
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog");
  await question.getByText(name.money).waitFor();
  await question.getByRole("button", { name: name.no }).and(page.locator(":focus")).waitFor();
  await assertAccessible(page, "confirmation of a purchase");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: name.applied }).and(page.locator(":focus")).waitFor();
  await page.getByRole("term").filter({ hasText: name.newMonthlyCost }).waitFor();
  await page.getByText(name.money).waitFor();
  await page.getByText(named(`${name.resolved} `)).waitFor();
  await page.getByText(name.bought).waitFor();
  assert.deepEqual(await figures(desk), [125, 125, null]);
  await assertAccessible(page, "a purchase that ended the conflict");
  await tabTo(page, page.getByRole("link", { name: name.done }));
  await page.keyboard.press("Enter");
  await page.getByRole("row").filter({ hasText: product }).and(page.locator(":focus")).waitFor();
}

async function figures(desk) {
  const { valid, assigned, conflict } = await poolOf(desk, product);
  return [valid, assigned, conflict];
}
