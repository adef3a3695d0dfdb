import { beforeEach, expect, test } from "vitest";
import { expectAccessible, on, renderApp } from "../testing/renderApp";
import { e3 } from "../testing/samples";
import { anna, answers, place, users } from "./userSamples";

const path = "/o/nordvind/users";

beforeEach(() => sessionStorage.clear());

test("says before a user is deleted what becomes free, and which conflict that ends", async () => {
  const product = { __typename: "Product", partNumber: "E3", name: "Office 365 E3" };
  const freed = { __typename: "LicensePool", conflict: null, product };
  const { screen } = await renderApp(`${path}?user=usr_1`, {
    ...answers,
    PreviewDeleteUsers: {
      deleteUsers: {
        __typename: "DeleteUsersPayload",
        removal: { __typename: "Removal", removedCount: 1 },
        pools: [freed],
        userErrors: [],
      },
    },
    ConflictsBefore: {
      conflicts: {
        __typename: "ConflictConnection",
        totalCount: 1,
        edges: [
          {
            __typename: "ConflictEdge",
            node: { __typename: "Conflict", id: "cfl_1", shortfall: 1, product: { ...e3, partNumber: "E3" } },
          },
        ],
      },
    },
  });
  const panel = screen.getByRole("dialog", { name: "Anna Aagaard" });
  await expect.element(panel.getByText("Needs a valid license")).toBeVisible();
  await panel.getByRole("button", { name: "Delete user" }).click();
  await expect.element(screen.getByText("Office 365 E3: this resolves its license conflict")).toBeVisible();
  await expectAccessible();
});

test("searches on the server; what is found nowhere can be taken back", async () => {
  const { screen, asked, router } = await renderApp(path, {
    ...answers,
    ...on("Users", ({ search }) => (search === "zzz" ? users() : users(anna))),
  });
  const box = screen.getByRole("searchbox", { name: "Search users" });
  await box.fill("zzz");
  await screen.getByRole("button", { name: "Show all users" }).click();
  await expect.element(screen.getByRole("button", { name: "Anna Aagaard" })).toBeVisible();
  await expect.element(box).toHaveValue("");
  expect(router.state.location.search).toEqual({});
  expect(asked.filter(({ name }) => name === "Users").map(({ variables }) => variables.search)).toContain("zzz");
});

test("asks the server for deleted users and restores one of them", async () => {
  const deleted = { ...anna, deletedAt: "2026-11-20T00:00:00Z", licenses: [] };
  const { screen, asked } = await renderApp(`${path}?tab=deleted`, {
    ...answers,
    Users: users(deleted),
    RestoreUser: {
      restoreUser: { __typename: "RestoreUserPayload", user: deleted, withoutLicenses: [e3], userErrors: [] },
    },
  });
  await expect.element(screen.getByText("Dec 20, 2026")).toBeVisible();
  await screen.getByRole("button", { name: "Restore Anna Aagaard" }).click();
  await expect.element(screen.getByText(/is restored, without Office 365 E3/)).toBeVisible();
  expect(asked.find(({ name }) => name === "Users")?.variables.where).toEqual({ deletedAtNotNil: true });
});

test("offers no license of a product that has none, and keeps what was entered while more are bought", async () => {
  const { screen, router } = await renderApp(`${path}?add=true`, answers);
  const none = screen.getByRole("checkbox", { name: "Office 365 E3", exact: true });
  await expect.element(none).toHaveAttribute("aria-disabled", "true");
  await expect.element(none).toHaveAccessibleDescription("No license is available. Buy licenses first: Office 365 E3");
  await screen.getByRole("textbox", { name: "Name", exact: true }).fill("Bo Bech");
  await screen.getByRole("checkbox", { name: "Visio" }).click();
  await expectAccessible();
  await router.navigate({ to: "/o/$org/users", params: { org: "nordvind" }, search: {} });
  await router.navigate({ to: "/o/$org/users", params: { org: "nordvind" }, search: { add: true } });
  await expect.element(screen.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Bo Bech");
  await expect.element(screen.getByRole("checkbox", { name: "Visio" })).toBeChecked();
});

test("shows a refusal at its field and sends the corrected user with a new key", async () => {
  const refusal = {
    __typename: "UserError",
    code: "USER_EXISTS",
    field: ["userPrincipalName"],
    message: "Taken.",
    fix: "Choose another.",
  };
  const created = { __typename: "User", id: "usr_2", displayName: "Bo Bech", waitingFor: [] };
  let calls = 0;
  const createUser = () => {
    calls += 1;
    const outcome = calls === 1 ? { user: null, userErrors: [refusal] } : { user: created, userErrors: [] };
    return { createUser: { __typename: "CreateUserPayload", ...outcome } };
  };
  const { screen, asked } = await renderApp(`${path}?add=true`, { ...answers, CreateUser: createUser });
  const dialog = screen.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Bo Bech");
  await dialog.getByRole("textbox", { name: "Username" }).fill("anna@nordvind.example");
  await dialog.getByRole("button", { name: "Add user" }).click();
  await expect.element(dialog.getByText("Taken. Choose another.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Username" }).fill("bo@nordvind.example");
  await dialog.getByRole("button", { name: "Add user" }).click();
  await expect.element(screen.getByText("Bo Bech is added.")).toBeVisible();
  const keys = asked.filter(({ name }) => name === "CreateUser").map(({ variables }) => variables.input.idempotencyKey);
  expect(new Set(keys).size).toBe(2);
});

test("lets a new user wait where no license is left, and says at which place", async () => {
  const created = { __typename: "User", id: "usr_2", displayName: "Bo Bech", waitingFor: [place] };
  const { screen, asked } = await renderApp(`${path}?add=true`, {
    ...answers,
    CreateUser: { createUser: { __typename: "CreateUserPayload", user: created, userErrors: [] } },
  });
  const dialog = screen.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Bo Bech");
  await dialog.getByRole("textbox", { name: "Username" }).fill("bo@nordvind.example");
  await dialog.getByRole("checkbox", { name: "Wait for a license: Office 365 E3" }).click();
  await dialog.getByRole("checkbox", { name: "Visio" }).click();
  await expectAccessible();
  await dialog.getByRole("button", { name: "Add user" }).click();
  await expect.element(screen.getByText("Bo Bech is added, and waits for Office 365 E3 (number 3 in line).")).toBeVisible();
  const input = asked.find(({ name }) => name === "CreateUser")?.variables.input;
  expect(input).toMatchObject({ productIds: ["prd_2", "prd_e3"], waitIfNone: true });
  expect(input).not.toHaveProperty("waitingIds");
});
