import type { LinguiConfig } from "@lingui/conf";
import { formatter } from "@lingui/format-po";

const config: LinguiConfig = {
  rootDir: import.meta.dirname,
  sourceLocale: "en",
  locales: ["en", "da"],
  catalogs: [{ path: "<rootDir>/src/locales/{locale}", include: ["<rootDir>/src"] }],
  compileNamespace: "ts",
  orderBy: "message",
  format: formatter({ origins: false, printPlaceholdersInComments: false }),
};

export default config;
