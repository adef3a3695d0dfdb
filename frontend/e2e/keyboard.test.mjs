// The removal, from the list of licenses to the end, without a mouse.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openDesk, poolOf, signIn } from "./desk.mjs";
import { named } from "./names.mjs";
import { tabTo } from "./tab.mjs";

test("licenses are removed with the keyboard alone", async (t) => {
  const desk = await openDesk(t);
  const { page, name } = await signIn(t, desk);
  const press = (key) => page.keyboard.press(key);
  const holders = page.getByRole("grid", { name: name.holders });

  await tabTo(
    page,
    page
      .getByRole("row")
      .filter({ hasText: "Mail Plus" })
      .getByRole("link", { name: named(name.remove) }),
  );
  await press("Enter");
  await holders.getByRole("checkbox").first().waitFor();

  await t.test("one stop leads into the grid, arrows and End through it", async () => {
    await tabTo(page, holders.getByRole("checkbox").first());
    await press("ArrowDown");
    await press("Space");
    assert.ok(await holders.getByRole("checkbox").nth(1).isChecked());
    await press("End");
    await holders.locator("[aria-rowindex='21']").getByRole("checkbox").and(page.locator(":focus")).waitFor();
    await press("Home");
    await holders.locator("[aria-rowindex='2']").getByRole("checkbox").and(page.locator(":focus")).waitFor();
  });

  await t.test("Shift and an arrow select a range", async () => {
    await press("Shift+ArrowDown");
    await page.getByRole("region", { name: `${name.selectedUsers} (2)` }).waitFor();
    await press("Shift+ArrowDown");
    await page.getByRole("region", { name: `${name.selectedUsers} (3)` }).waitFor();
  });

  await t.test("focus starts on No; Yes is one key further back", async () => {
    await tabTo(page, page.getByRole("button", { name: named(name.next) }));
    await press("Enter");
    await page.getByText(name.restorable).first().waitFor();
    await tabTo(page, page.getByRole("button", { name: named(name.removeLicenses) }));
    await press("Enter");
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: name.no }).and(page.locator(":focus")).waitFor();
    await press("Shift+Tab");
    await press("Enter");
    await dialog.waitFor({ state: "detached" });
  });

  await t.test("Done leads back to the licenses", async () => {
    await tabTo(page, page.getByRole("link", { name: name.done }));
    assert.equal((await poolOf(desk, "Mail Plus")).assigned, 17);
    await press("Enter");
    await page.getByRole("row").filter({ hasText: "Mail Plus" }).getByText(name.needLicense(17)).waitFor();
  });
});
