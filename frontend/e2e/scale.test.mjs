// A hundred thousand holders of one license: the list is as quick and as complete as one of three hundred.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { assertAccessible } from "./axe.mjs";
import { openDesk, signIn } from "./desk.mjs";
import { named } from "./names.mjs";

const holders = 100_000;

test("100,000 holders", async (t) => {
  const desk = await openDesk(t);
  await importGiant(desk, t);
  const { page, name } = await signIn(t, desk, { slug: "giant" });
  await page.getByRole("link", { name: named(name.remove) }).click();
  const grid = page.getByRole("grid", { name: name.holders });
  const rowAt = (index) => grid.locator(`[aria-rowindex="${index}"]`);

  await t.test("are all counted, few are drawn", async () => {
    await rowAt(2).getByRole("checkbox").waitFor();
    assert.equal(await grid.getAttribute("aria-rowcount"), String(holders + 1));
    assert.ok((await grid.getByRole("row").count()) < 60);
  });

  await t.test("End reaches the last one, which can be selected", async () => {
    await rowAt(2).getByRole("checkbox").focus();
    await page.keyboard.press("End");
    const last = rowAt(holders + 1).getByRole("checkbox");
    await last.and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Space");
    assert.ok(await last.isChecked());
    await assertAccessible(page, "the end of 100,000 rows");
  });

  await t.test("the server finds one of them", async () => {
    await page.getByRole("searchbox", { name: name.searchUsers }).fill("user 54321");
    await rowAt(2).getByRole("checkbox", { name: "User 54321" }).waitFor({ timeout: 2000 });
    assert.equal(await grid.getAttribute("aria-rowcount"), "2");
  });

  await t.test("12,000 of them lose the license in two calls, and get it back", async () => {
    await page.getByRole("searchbox", { name: name.searchUsers }).fill("");
    await grid.and(page.locator(`[aria-rowcount="${holders + 1}"]`)).waitFor();
    const selected = page.getByRole("region", { name: named(name.selectedUsers) });
    await selected.getByRole("button").click();
    await rowAt(2).getByRole("checkbox").click();
    await grid.evaluate((element) => element.scrollTo(0, 11_999 * 48));
    await rowAt(12_001)
      .getByRole("checkbox")
      .click({ modifiers: ["Shift"] });
    await page.getByRole("region", { name: `${name.selectedUsers} (12,000)` }).waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: named(name.next) }).click();
    await page.getByText(name.restorable).first().waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: named(name.removeLicenses) }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: name.yes }).click();
    const undo = page.getByRole("button", { name: name.undo });
    await undo.waitFor({ timeout: 30_000 });
    assert.equal(await assigned(desk), holders - 12_000);
    await undo.click();
    await page.getByText(name.undone).first().waitFor({ timeout: 30_000 });
    assert.equal(await assigned(desk), holders);
  });
});

async function assigned(desk) {
  const token = await desk.server.token("OWNER", "giant");
  const response = await fetch(`${desk.server.url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query: "{ licensePools { edges { node { assigned } } } }" }),
  });
  return (await response.json()).data.licensePools.edges[0].node.assigned;
}

/** An organization in the bulk form, in which everybody holds the same license and ten of them no valid one. */
async function importGiant(desk, t) {
  const folder = mkdtempSync(join(tmpdir(), "licensedesk-giant-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  const write = (file, ...lines) => writeFileSync(join(folder, file), `${lines.join("\n")}\n`);
  write("organizations.csv", "slug,name,currency,locale,country,clock", "giant,Giant,DKK,en,DK,");
  write("products.csv", "part_number,name,price,currency,service_plans", "GIANT_SUITE,Giant Suite,10.00,DKK,GIANT_MAIL:Mail:30");
  write(
    "subscriptions.csv",
    "organization,part_number,total,state,term,term_start,term_end,auto_renew,price",
    `giant,GIANT_SUITE,${holders - 10},ACTIVE,ANNUAL,2026-06-01,2027-06-01,true,`,
  );
  const user = (n) =>
    `giant,user${n}@giant.example,User ${n},DK,Sales,false,2026-10-01,GIANT_SUITE@2026-0${1 + (n % 6)}-01T08:00:00Z`;
  write(
    "users.csv",
    "organization,user_principal_name,display_name,usage_location,department,sign_in_blocked,last_active_on,licenses",
    ...Array.from({ length: holders }, (_, n) => user(n + 1)),
  );
  await desk.server.cli("import", "organizations", folder);
}
