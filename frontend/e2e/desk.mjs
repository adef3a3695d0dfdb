// One real server and a real browser for each test: a fresh demo organization, signed in by a one-time link.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { launchOptions } from "../../scripts/chromium.mjs";
import { startServer } from "../../scripts/server.mjs";
import { names } from "./names.mjs";

export const organization = "nordvang";
const patience = 10_000;

/** A server, a browser, and a program that reads the outcome over GraphQL; all are gone when the test is. */
export async function openDesk(t) {
  const server = await startServer();
  const browser = await chromium.launch(await launchOptions());
  t.after(async () => {
    await browser.close();
    await server.stop();
  });
  const token = await server.token("OWNER");
  return { server, browser, ask: (query, variables) => ask(server.url, token, query, variables) };
}

/** A window of its own, like another person's: signed in with a role, in a language. */
export async function signIn(t, desk, { language = "en", role = "OWNER", slug = organization, viewport } = {}) {
  const link = (
    await desk.server.cli("sign-in-link", "--organization", slug, "--email", `${role}@example.com`, "--role", role)
  ).trim();
  const locale = language === "da" ? "da-DK" : "en-US";
  const context = await desk.browser.newContext({ locale, reducedMotion: "reduce", ...(viewport && { viewport }) });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => isFault(message) && faults.push(message.text()));
  t.after(() => assert.deepEqual(faults, [], "the browser's console holds errors"));
  const name = names[language];
  await page.goto(new URL(new URL(link).pathname, desk.server.url).href);
  await page.getByRole("button", { name: name.signIn }).click();
  await page.getByRole("table", { name: name.licenses }).waitFor();
  return { page, name };
}

/** Chromium itself reports what fails while a test has it offline. */
function isFault(message) {
  return message.type() === "error" && !message.text().includes("net::ERR_INTERNET_DISCONNECTED");
}

async function ask(url, token, query, variables) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

/** The figures of one product, as any program reads them. */
export async function poolOf(desk, product) {
  const { licensePools } = await desk.ask(`{ licensePools(first: 50) { edges { node {
    id valid assigned available shortfall version product { id name } conflict { id shortfall }
    subscriptions { id state term totalLicenses } } } } }`);
  return licensePools.edges.map(({ node }) => node).find(({ product: { name } }) => name === product);
}
