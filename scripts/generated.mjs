// What is generated, and how: the one list that `npm run generate` and the drift gate share.
import { npmBin } from "./step.mjs";

/** Folders and files that hold nothing written by hand. */
export const generated = [
  "ent/db",
  "graph/generated",
  "graph/model",
  "graph/ent.graphql",
  "graph/schema.graphql",
  "frontend/src/gql",
  "frontend/src/locales/da.ts",
  "frontend/src/locales/en.ts",
];

/** The commands that make them, in this order; each reads what the one before it wrote. */
export const generators = [
  ["go", ["generate", "."]],
  [npmBin("graphql-codegen"), ["--config", "frontend/codegen.ts"]],
  [npmBin("lingui"), ["extract", "--clean", "--config", "frontend/lingui.config.ts"]],
  [npmBin("lingui"), ["compile", "--typescript", "--strict", "--config", "frontend/lingui.config.ts"]],
];
