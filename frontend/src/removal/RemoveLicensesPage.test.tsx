import { beforeEach, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { expectAccessible, renderApp } from "../testing/renderApp";
import { choose, draftOf } from "./removalDraft";
import { holders, path, poolToRemoveFrom, preview, readersPool, refusedRemoval, removed } from "./removalSamples";

const answers = {
  PoolToRemoveFrom: poolToRemoveFrom(),
  Holders: holders(3, 100),
  HolderNames: holders(3, 200),
  PreviewRemoveLicenses: preview(),
};

beforeEach(() => choose("pool_1", new Map()));

test("counts down what is left of the conflict as users are selected", async () => {
  const { screen } = await renderApp(path, answers);
  const next = screen.getByRole("button", { name: /^Next/ });
  await expect.element(next).toHaveAttribute("aria-disabled", "true");
  await expect.element(next).toHaveAccessibleDescription("Select at least one user");
  await screen.getByRole("checkbox", { name: "User 1" }).click();
  await screen.getByText("user2@nordvind.example").click();
  const selected = screen.getByRole("region", { name: "Selected users (2)" });
  await expect.element(selected.getByText("3 more to resolve")).toBeVisible();
  await selected.getByRole("button", { name: "Deselect User 1" }).click();
  await expect.element(screen.getByRole("region", { name: "Selected users (1)" })).toBeVisible();
  await expect.element(next).not.toHaveAttribute("aria-disabled", "true");
  await expectAccessible();
});

test("keeps the selection in the browser's tab, by pool", async () => {
  choose("pool_1", new Map([["usr_7", "User 7"]]));
  expect(draftOf("pool_2").users.size).toBe(0);
  const { users } = JSON.parse(sessionStorage.getItem("licensedesk.removal.pool_1") ?? "");
  expect(users).toEqual([["usr_7", "User 7"]]);
});

test("a step that has nothing to show gives way to the first one", async () => {
  const { screen, router } = await renderApp(`${path}?step=review`, answers);
  await expect.element(screen.getByRole("grid", { name: "Users with this license" })).toBeVisible();
  expect(router.state.location.search).toEqual({});
});

test("a reader sees the holders and the reason for going no further", async () => {
  const { screen } = await renderApp(path, { ...answers, PoolToRemoveFrom: readersPool });
  await screen.getByRole("checkbox", { name: "User 1" }).click();
  await expect.element(screen.getByRole("button", { name: /^Next/ })).toHaveAccessibleDescription("Needs an owner");
});

test("sends the version that was reviewed, and says when it was changed meanwhile", async () => {
  choose("pool_1", new Map([["usr_1", "User 1"]]));
  const stale = refusedRemoval("CHANGED_MEANWHILE", "The licenses were changed meanwhile.");
  const { screen, asked } = await renderApp(`${path}?step=review`, { ...answers, RemoveLicenses: stale });
  await screen.getByRole("button", { name: "Remove licenses" }).click();
  await expect.element(screen.getByRole("button", { name: "No" })).toHaveFocus();
  await screen.getByRole("button", { name: "Yes" }).click();
  await expect.element(screen.getByRole("alert")).toHaveTextContent("The licenses were changed meanwhile. Look again.");
  const [sent] = asked.filter(({ name }) => name === "RemoveLicenses");
  expect(sent?.variables.input).toMatchObject({ expectedVersion: 1, acknowledgeDataLoss: true, userIds: ["usr_1"] });
  expect(asked.filter(({ name }) => name === "PoolToRemoveFrom").length).toBeGreaterThan(1);
});

test("removes more than 10,000 in calls that follow each other's version, each with a key of its own", async () => {
  choose("pool_1", new Map(Array.from({ length: 10_001 }, (_, n) => [`usr_${n}`, `User ${n}`])));
  let version = 1;
  const removeLicenses = ({ input }: { input: Record<string, unknown> }) =>
    removed((input.userIds as string[]).length, ++version);
  const { screen, asked } = await renderApp(`${path}?step=review`, { ...answers, RemoveLicenses: removeLicenses });
  await screen.getByRole("button", { name: "Remove licenses" }).click();
  await screen.getByRole("button", { name: "Yes" }).click();
  await expect.element(screen.getByText("Licenses were removed from 10,001 users.").first()).toBeVisible();
  const inputs = asked.filter(({ name }) => name === "RemoveLicenses").map(({ variables }) => variables.input);
  expect(inputs.map(({ expectedVersion }) => expectedVersion)).toEqual([1, 2]);
  expect(new Set(inputs.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
});

test("Shift and End select to the last row, also rows that were never shown", async () => {
  const { screen } = await renderApp(path, { ...answers, Holders: holders(1000, 100), HolderNames: holders(1000, 200) });
  await screen.getByRole("checkbox", { name: "User 1", exact: true }).click();
  await userEvent.keyboard("{Shift>}{End}{/Shift}");
  await expect.element(screen.getByRole("region", { name: "Selected users (1,000)" })).toBeVisible();
  await expect.element(screen.getByRole("checkbox", { name: "User 1000" })).toHaveFocus();
  await expectAccessible();
});
