import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
const backgrounds = { light: "#ffffff", dark: "#292929" };

/** What axe finds against WCAG 2.0 to 2.2, A and AA, on the page as it is now, in the light and in the dark theme: nothing. */
export async function assertAccessible(page, step) {
  await page.evaluate(`${source};0`);
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction((background) => {
      const provider = document.querySelector(".fui-FluentProvider");
      const counts = ({ effect }) => effect?.target?.hasAttribute("data-timer-status"); // how long a toast stays
      const runsOut = (animation) =>
        animation.playState === "running" &&
        animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY &&
        !counts(animation);
      const fading = document.getAnimations().some(runsOut);
      // what a modal dialog hid comes back a moment after it closed
      const hidden =
        document.querySelector("[data-portal-node][aria-hidden=true]") && !document.querySelector("[aria-modal=true]");
      return (
        provider && !fading && !hidden && getComputedStyle(provider).getPropertyValue("--colorNeutralBackground1") === background
      );
    }, backgrounds[colorScheme]);
    const { violations } = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: only }), runOnly);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    assert.deepEqual(found, [], `${step}, ${colorScheme}`);
  }
}
