// A new user waits where no license is left, leaves the list, asks again, and gets the license that is bought.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./axe.mjs";
import { openDesk, poolOf, signIn } from "./desk.mjs";
import { named } from "./names.mjs";

for (const language of ["en", "da"]) {
  test(`a new user waits for a license (${language})`, async (t) => {
    const desk = await openDesk(t);
    const { page, name } = await signIn(t, desk, { language });
    await page.getByRole("navigation", { name: name.main }).getByRole("link", { name: name.users }).click();
    await page.getByRole("button", { name: name.addUser }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: named(name.personName) }).fill("Bo Bech");
    await dialog.getByRole("textbox", { name: named(name.username) }).fill("bo@nordvang.example");
    await dialog.getByRole("checkbox", { name: `${name.waitForLicense}: Mail Plus` }).check();
    await assertAccessible(page, "Add user");
    await dialog.getByRole("button", { name: name.addUser }).click();
    await page
      .getByText(`Mail Plus ${name.inLine(1)}`)
      .first()
      .waitFor();

    await page.getByRole("searchbox", { name: name.searchUsers }).fill("bo@");
    await page.getByRole("grid", { name: name.users }).getByRole("button", { name: "Bo Bech" }).click();
    const panel = page.getByRole("dialog", { name: "Bo Bech" });
    await panel.getByText(name.place(1)).waitFor();
    await assertAccessible(page, "a user who waits");
    await panel.getByRole("button", { name: `${name.leaveWaitingList}: Mail Plus` }).press("Enter");
    const undo = panel.getByRole("button", { name: named(name.undo) });
    await undo.and(page.locator(":focus")).waitFor();
    assert.deepEqual(await waiting(desk), []);
    await page.keyboard.press("Enter");
    await panel.getByText(name.place(1)).waitFor();
    assert.deepEqual(await waiting(desk), [{ position: 1, product: { name: "Mail Plus" } }]);

    const { product } = await poolOf(desk, "Mail Plus");
    const input = { productId: product.id, totalLicenses: 21, term: "MONTHLY" };
    await desk.ask("mutation($input: PurchaseSubscriptionInput!) { purchaseSubscription(input: $input) { dryRun } }", { input });
    await panel.getByText(name.place(1)).waitFor({ state: "detached" });
    await panel.getByText("Mail Plus").waitFor();
  });
}

async function waiting(desk) {
  const { users } = await desk.ask('{ users(search: "bo@") { nodes { waitingFor { position product { name } } } } }');
  return users.nodes[0].waitingFor;
}
