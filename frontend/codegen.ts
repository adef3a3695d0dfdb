import type { CodegenConfig } from "@graphql-codegen/cli";

const here = import.meta.dirname;

/** Types and documents of every operation in src, from the server's public schema. */
const config: CodegenConfig = {
  schema: `${here}/../graph/schema.graphql`,
  documents: [`${here}/src/**/*.graphql`],
  generates: {
    [`${here}/src/gql/`]: {
      preset: "client",
      presetConfig: { fragmentMasking: { unmaskFunctionName: "readFragment" } },
      config: {
        documentMode: "documentNode",
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: {
          CurrencyCode: "string",
          Cursor: "string",
          Decimal: "string",
          EventCursor: "string",
          JSON: "unknown",
          Time: "string",
        },
      },
    },
  },
};

export default config;
