// What somebody else does is seen by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openDesk, poolOf, signIn } from "./desk.mjs";
import { named } from "./names.mjs";

test("a second browser sees within a second what the first one, or a program, does", async (t) => {
  const desk = await openDesk(t);
  const { page: first, name } = await signIn(t, desk);
  const { page: second, name: danish } = await signIn(t, desk, { language: "da" });
  await second.getByText("Live").waitFor();
  const rowIn = (page) => page.getByRole("row").filter({ hasText: "Work Suite" });
  await rowIn(second).getByText(danish.needLicense(5)).waitFor();
  const { id, subscriptions } = await poolOf(desk, "Work Suite");
  const annual = subscriptions.find(({ term }) => term === "ANNUAL");

  await t.test("the conflict gets smaller, the row stays where it is", async () => {
    const before = await rowIn(second).boundingBox();
    await buy(desk, annual.id, 103);
    await rowIn(second).getByText(danish.needLicense(2)).waitFor({ timeout: 1000 });
    await rowIn(first).getByText(name.needLicense(2)).waitFor({ timeout: 1000 });
    assert.equal((await rowIn(second).boundingBox()).y, before.y);
  });

  await t.test("licenses removed in one browser are gone in the other's list of holders", async () => {
    await second.goto(`${desk.server.url}/o/nordvang/licenses/${id}/remove`);
    const holders = second.getByRole("grid", { name: danish.holders });
    await holders.and(second.locator("[aria-rowcount='126']")).waitFor();
    await rowIn(first)
      .getByRole("link", { name: named(name.remove) })
      .click();
    await first.getByRole("grid", { name: name.holders }).getByRole("checkbox").first().check();
    await first.getByRole("button", { name: named(name.next) }).click();
    await first.getByRole("button", { name: named(name.removeLicenses) }).click();
    await first.getByRole("alertdialog").getByRole("button", { name: name.yes }).click();
    await first.getByRole("link", { name: name.done }).waitFor();
    await holders.and(second.locator("[aria-rowcount='125']")).waitFor({ timeout: 1000 });
  });

  await t.test("what happened while the connection was lost is seen when it is back", async () => {
    await second.goto(`${desk.server.url}/o/nordvang/licenses`);
    await rowIn(second).getByText(danish.needLicense(1)).waitFor();
    await second.context().setOffline(true);
    await buy(desk, annual.id, 104);
    await second.context().setOffline(false);
    await rowIn(second).getByText(danish.needLicense(1)).waitFor({ state: "detached" });
  });
});

async function buy(desk, subscriptionId, totalLicenses) {
  const { buyLicenses } = await desk.ask(
    "mutation($input: BuyLicensesInput!) { buyLicenses(input: $input) { userErrors { message } } }",
    {
      input: { subscriptionId, totalLicenses },
    },
  );
  assert.deepEqual(buyLicenses.userErrors, []);
}
