import { test } from "node:test";
import { openDesk, signIn } from "./desk.mjs";

/** Steps of an administrator, in both languages. Each stands on the one before: after one that fails no other is tried. */
export function story(title, steps) {
  for (const language of ["en", "da"]) {
    test(`${title} (${language})`, async (t) => {
      const desk = await openDesk(t);
      const { page, name } = await signIn(t, desk, { language });
      for (const [does, step] of Object.entries(steps)) {
        let done = false;
        await t.test(does, async () => {
          await step({ desk, page, name });
          done = true;
        });
        if (!done) return;
      }
    });
  }
}
