// The main job, end to end, in both languages: see the conflicts and end them.
import assert from "node:assert/strict";
import { assertAccessible } from "./axe.mjs";
import { poolOf } from "./desk.mjs";
import { named } from "./names.mjs";
import { story } from "./story.mjs";

story("an administrator ends all license conflicts", {
  "sees who is without a valid license": seesConflicts,
  "mutes a product's alerts, and keeps when licenses are few": setsAlerts,
  "buys more for the subscription of choice: 105": buysMore,
  "removes licenses, and undoes it": removesAndUndoes,
  "deletes a user, and undoes it": deletesAndUndoes,
  "renews what has expired; then there is no Status any more": renews,
  "leaves every invariant intact": ({ desk }) => desk.server.cli("verify"),
});

const row = (page, product) => page.getByRole("row").filter({ hasText: product });

async function seesConflicts({ page, name }) {
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), name.licenses);
  const table = page.getByRole("table", { name: name.licenses });
  for (const column of [...name.columns, name.status]) await table.getByRole("columnheader", { name: named(column) }).waitFor();
  await row(page, "Work Suite").getByText(name.needLicense(5)).waitFor();
  await row(page, "Mail Plus").getByText(name.needLicense(20)).waitFor();
  for (const action of [name.buyMore, name.remove]) {
    const inConflict = row(page, "Work Suite").getByRole("link", { name: named(action) });
    assert.equal(await inConflict.count(), 1, action);
    assert.equal(
      await row(page, "Frontline")
        .getByRole("link", { name: named(action) })
        .count(),
      0,
    );
  }
  await assertAccessible(page, "Licenses");
}

async function setsAlerts({ desk, page, name }) {
  const bell = row(page, "Work Suite").getByRole("link", { name: `${name.alerts}: Work Suite` });
  await bell.click();
  const dialog = page.getByRole("dialog", { name: `${name.alerts}: Work Suite` });
  await dialog.getByRole("switch", { name: name.tellOf }).click();
  const threshold = dialog.getByRole("textbox", { name: name.fewerThan });
  const save = dialog.getByRole("button", { name: name.save });
  await threshold.fill("0");
  await save.and(page.locator("[aria-disabled=true]")).waitFor();
  await assertAccessible(page, "a threshold that is none");
  await threshold.fill("3");
  await assertAccessible(page, "a product's alerts");
  await save.click();
  await dialog.waitFor({ state: "detached" });
  await bell.and(page.locator(":focus")).waitFor();
  const { id } = await poolOf(desk, "Work Suite");
  const { node } = await desk.ask("query($id: ID!) { node(id: $id) { ... on LicensePool { alertsMuted freeThreshold } } }", {
    id,
  });
  assert.deepEqual(node, { alertsMuted: true, freeThreshold: 3 });
  await assertAccessible(page, "Licenses with a muted product");
}

async function buysMore({ desk, page, name }) {
  await row(page, "Work Suite")
    .getByRole("link", { name: named(name.buyMore) })
    .click();
  await page.getByRole("heading", { level: 1, name: name.subscriptions }).waitFor();
  const annual = page.getByRole("radio", { name: new RegExp(name.annual) });
  await annual.check();
  await assertAccessible(page, "choosing a subscription");
  await page.getByRole("link", { name: named(name.changeLicenses) }).click();
  const total = page.getByLabel(name.totalLicenses);
  assert.equal(await total.inputValue(), "100");
  const submit = page.getByRole("button", { name: named(name.submit) });
  assert.equal(await submit.getAttribute("aria-disabled"), "true");
  await total.fill("105");
  await page.getByText(name.money).first().waitFor();
  await assertAccessible(page, "Add/remove licenses");
  await submit.click();
  await page.getByRole("heading", { name: name.review }).waitFor();
  await page.getByRole("term").filter({ hasText: name.newMonthlyCost }).waitFor();
  await page.getByText(name.money).first().waitFor();
  await assertAccessible(page, "review of the monthly cost");
  const closing = page.getByRole("link", { name: name.close }).or(page.getByRole("button", { name: name.close }));
  await closing.click();
  await page.getByRole("table", { name: name.licenses }).waitFor();
  await row(page, "Work Suite").getByText(name.needLicense(5)).waitFor({ state: "detached" });
  const pool = await poolOf(desk, "Work Suite");
  assert.deepEqual([pool.valid, pool.assigned, pool.conflict], [125, 125, null]);
}

async function removesAndUndoes({ desk, page, name }) {
  await row(page, "Mail Plus")
    .getByRole("link", { name: named(name.remove) })
    .click();
  await page.getByRole("heading", { level: 1, name: name.removeLicenses }).waitFor();
  const grid = page.getByRole("grid", { name: name.holders });
  await grid.getByRole("checkbox").first().waitFor();
  assert.equal(await grid.getAttribute("aria-rowcount"), "21");
  const next = page.getByRole("button", { name: named(name.next) });
  assert.equal(await next.getAttribute("aria-disabled"), "true");
  const selected = page.getByRole("region", { name: named(name.selectedUsers) });
  for (const box of [0, 1]) await grid.getByRole("checkbox").nth(box).check();
  const chosen = await grid.getByRole("checkbox").first().getAttribute("aria-label");
  await selected.getByRole("listitem").filter({ hasText: chosen }).waitFor();
  await selected.getByText(name.moreToResolve(18)).waitFor();
  await assertAccessible(page, "selecting users");

  await page.getByRole("searchbox", { name: name.searchUsers }).fill(chosen);
  await page.getByRole("grid", { name: name.holders, disabled: false }).and(page.locator("[aria-rowcount='2']")).waitFor();
  await next.click();
  await page.getByText(name.dataLoss).waitFor();
  await page.getByText(name.restorable).first().waitFor();
  await assertAccessible(page, "review of the removal");
  await page.getByRole("button", { name: named(name.removeLicenses) }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByText(name.dataLoss).waitFor();
  await dialog.getByRole("button", { name: name.no }).and(page.locator(":focus")).waitFor();
  await assertAccessible(page, "confirmation of the removal");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal((await poolOf(desk, "Mail Plus")).assigned, 20, "No removes nothing");

  await page.getByRole("button", { name: named(name.removeLicenses) }).click();
  await dialog.getByRole("button", { name: name.yes }).click();
  const undo = page.getByRole("button", { name: name.undo });
  await undo.waitFor();
  assert.equal((await poolOf(desk, "Mail Plus")).assigned, 18);
  await assertAccessible(page, "removal done");
  await undo.click();
  await page.getByText(name.undone).first().waitFor();
  assert.equal((await poolOf(desk, "Mail Plus")).assigned, 20);
  await page
    .getByRole("link", { name: name.done })
    .or(page.getByRole("button", { name: name.done }))
    .click();
  await row(page, "Mail Plus").getByText(name.needLicense(20)).waitFor();
}

async function deletesAndUndoes({ desk, page, name }) {
  await page.getByRole("navigation", { name: name.main }).getByRole("link", { name: name.users }).click();
  await page.getByRole("heading", { level: 1, name: name.users }).waitFor();
  const grid = page.getByRole("grid", { name: name.users });
  await page.getByRole("searchbox", { name: name.searchUsers }).fill("ASTA.agerskov1@");
  await grid.and(page.locator("[aria-rowcount='2']")).waitFor();
  await assertAccessible(page, "Users");
  await grid.getByRole("button", { name: "Asta Agerskov" }).click();
  const panel = page.getByRole("dialog", { name: "Asta Agerskov" });
  await panel.getByText("Work Suite").waitFor();
  await assertAccessible(page, "a user's panel");
  await panel.getByRole("button", { name: name.deleteUser }).click();
  const confirmation = page.getByRole("dialog").filter({ hasText: "Diagram Studio" }).filter({ hasText: "30" });
  await confirmation.getByRole("listitem").filter({ hasText: "Work Suite" }).waitFor();
  await assertAccessible(page, "deleting a user");
  await confirmation.getByRole("button", { name: name.deleteUser }).click();
  const undo = page.getByRole("button", { name: name.undo });
  await undo.waitFor();
  assert.equal((await poolOf(desk, "Work Suite")).assigned, 124);
  await page.getByRole("tab", { name: name.deletedUsers }).click();
  await page.getByRole("grid", { name: name.deletedUsers }).getByText("Asta Agerskov", { exact: true }).waitFor();
  await assertAccessible(page, "Deleted users");
  await undo.click();
  await page.getByText(name.restored).first().waitFor();
  assert.equal((await poolOf(desk, "Work Suite")).assigned, 125);
  await page.getByRole("navigation", { name: name.main }).getByRole("link", { name: name.licenses }).click();
}

async function renews({ desk, page, name }) {
  await row(page, "Mail Plus")
    .getByRole("link", { name: named(name.renew) })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("switch", { name: name.automaticRenewal }).check();
  await dialog.getByText(name.newMonthlyCost).waitFor();
  await assertAccessible(page, "Renew");
  await dialog.getByRole("button", { name: named(name.renew) }).click();
  await page.getByRole("heading", { name: name.review }).waitFor();
  await assertAccessible(page, "review of the renewal");
  await dialog.getByRole("button", { name: name.close }).click();
  await page.getByRole("table", { name: name.licenses }).waitFor();
  await page.getByRole("columnheader", { name: name.status }).waitFor({ state: "detached" });
  await page.getByRole("main").getByText(name.allResolved).waitFor();
  await assertAccessible(page, "Licenses without a conflict");
  const { conflicts } = await desk.ask("{ conflicts { totalCount } }");
  assert.equal(conflicts.totalCount, 0);
}
