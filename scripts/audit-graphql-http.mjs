// Runs all server audits of npm's graphql-http against a GraphQL endpoint.
//
//   LICENSEDESK_AUTHORIZATION='Bearer ldt_…' node scripts/audit-graphql-http.mjs http://127.0.0.1:8080/graphql
//
// Prints each audit that fails, then one line that sums up. Exits with 1 when
// what the specification says MUST or SHOULD be is not, with 2 at wrong usage.
import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
const authorization = process.env.LICENSEDESK_AUTHORIZATION;
if (!url || !authorization) {
  console.error("usage: LICENSEDESK_AUTHORIZATION='Bearer …' node scripts/audit-graphql-http.mjs URL");
  process.exit(2);
}

const fetchFn = (input, init = {}) => fetch(input, { ...init, headers: { ...init.headers, authorization } });

const results = [];
for (const audit of serverAudits({ url, fetchFn })) {
  const result = await audit.fn();
  results.push(result);
  if (result.status !== "ok") {
    console.log(`${result.id} ${result.name}: ${result.reason}`);
  }
}

const failed = results.filter(({ status }) => status !== "ok");
const binding = failed.filter(({ name }) => /^(MUST|SHOULD)\b/.test(name));
console.log(
  `graphql-http: ${results.length - failed.length} of ${results.length} audits pass, ` + `${binding.length} MUST or SHOULD fail`,
);
process.exitCode = binding.length > 0 ? 1 : 0;
