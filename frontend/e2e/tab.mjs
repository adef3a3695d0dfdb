import assert from "node:assert/strict";

/** Presses Tab until the control has focus. */
export async function tabTo(page, control) {
  await control.waitFor();
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`the keyboard does not reach ${control}`);
}
