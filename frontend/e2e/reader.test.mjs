// A reader sees everything and can change nothing; each action stays in its place and says why.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./axe.mjs";
import { openDesk, signIn } from "./desk.mjs";
import { named } from "./names.mjs";

test("a reader sees all and changes nothing", async (t) => {
  const desk = await openDesk(t);
  const { page, name } = await signIn(t, desk, { role: "READER" });

  const refused = async (button) => {
    await button.waitFor();
    assert.equal(await button.getAttribute("aria-disabled"), "true");
    assert.notEqual(await descriptionOf(button), "", "says no reason");
  };

  await t.test("the actions of a conflict are disabled, with the reason", async () => {
    const row = page.getByRole("row").filter({ hasText: "Work Suite" });
    await refused(row.getByRole("button", { name: named(name.buyMore) }));
    await refused(row.getByRole("button", { name: named(name.remove) }));
    await assertAccessible(page, "a reader's licenses");
  });

  await t.test("a product's alerts can be read", async () => {
    await page.getByRole("link", { name: `${name.alerts}: Work Suite` }).click();
    await refused(page.getByRole("dialog").getByRole("button", { name: name.save }));
    await assertAccessible(page, "a product's alerts, for a reader");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  await t.test("the ways to end a conflict are shown without costs, and not applied", async () => {
    await page.getByRole("link", { name: `${name.ways}: Work Suite` }).click();
    await refused(page.getByRole("button", { name: named(`${name.apply}: 1.`) }));
    await refused(page.getByRole("button", { name: named(`${name.apply}: 2.`) }));
    assert.equal(await page.getByText("DKK").count(), 0);
    await assertAccessible(page, "a reader's conflict");
  });

  await t.test("the wizard shows the holders and goes no further", async () => {
    const { licensePools } = await desk.ask("{ licensePools(first: 50) { edges { node { id product { name } } } } }");
    const { id } = licensePools.edges.map(({ node }) => node).find(({ product }) => product.name === "Work Suite");
    await page.goto(`${desk.server.url}/o/nordvang/licenses/${id}/remove`);
    await page.getByRole("grid", { name: name.holders }).getByRole("checkbox").first().check();
    await refused(page.getByRole("button", { name: named(name.next) }));
    await assertAccessible(page, "a reader's holders");
  });

  await t.test("a user's panel can be read", async () => {
    await page.getByRole("navigation", { name: name.main }).getByRole("link", { name: name.users }).click();
    await page.getByRole("grid", { name: name.users }).getByRole("button").first().click();
    await refused(page.getByRole("dialog").getByRole("button", { name: name.deleteUser }));
    await assertAccessible(page, "a reader's panel of a user");
  });
});

/** A tooltip describes its button by id, which the browser's accessibility tree resolves. */
async function descriptionOf(button) {
  return button.evaluate((element) => {
    const ids = (element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    const texts = ids.map((id) => document.getElementById(id)?.textContent ?? "");
    return [element.getAttribute("aria-description") ?? "", ...texts].join(" ").trim();
  });
}
