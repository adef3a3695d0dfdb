import { beforeEach, expect, test } from "vitest";
import { expectAccessible, on, renderApp } from "../testing/renderApp";
import { e3, pool, pools } from "../testing/samples";

const path = "/o/nordvind/users";

const manage = { __typename: "Ability", action: "MANAGE_USERS", allowed: true, reason: null };
const anna = {
  __typename: "User",
  id: "usr_1",
  displayName: "Anna Aagaard",
  userPrincipalName: "anna@nordvind.example",
  usageLocation: "DK",
  department: "Sales",
  lastActiveOn: null,
  signInBlocked: false,
  deletedAt: null as string | null,
  licenses: [
    {
      __typename: "LicenseAssignment",
      id: "asg_1",
      assignedAt: "2026-01-01T00:00:00Z",
      backed: false,
      direct: true,
      groups: [] as object[],
      product: { ...e3, servicePlans: [{ __typename: "ServicePlan", id: "pln_1", name: "Mail" }] },
    },
  ],
  waitingFor: [] as object[],
  dataDeletions: [],
  can: [manage],
};

const users = (...nodes: object[]) => ({ users: { __typename: "UserConnection", totalCount: nodes.length, nodes } });
const answers = {
  UsersPage: { viewer: { __typename: "Viewer", id: "mbr_1", can: [manage] } },
  Users: users(anna),
  UserPanel: { node: anna },
  LicensesToGive: {
    licensePools: pools(
      pool({ can: [] }),
      pool({ id: "pool_2", available: 12, product: { ...e3, id: "prd_2", name: "Visio" }, can: [] }),
    ),
    organization: { __typename: "Organization", id: "org_1", country: "DK" },
  },
};

const place = {
  __typename: "WaitingUser",
  askedAt: "2026-11-20T00:00:00Z",
  direct: true,
  position: 3,
  product: e3,
  passedOver: null as object | null,
};

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

test("shows what a user waits for and why; leaving the list can be undone by asking again", async () => {
  const passedOver = { __typename: "UserError", message: "Bo has no usage location.", fix: "Set it first." };
  let waitingFor = [place, { ...place, direct: false, passedOver, product: { ...e3, id: "prd_2", name: "Visio" } }];
  const { screen, asked } = await renderApp(`${path}?user=usr_1`, {
    ...answers,
    ...on("UserPanel", () => ({ node: { ...anna, waitingFor } })),
    ...on("LeaveWaitingList", () => {
      waitingFor = waitingFor.slice(1);
      return { leaveWaitingList: { __typename: "LeaveWaitingListPayload", leftCount: 1, userErrors: [] } };
    }),
    ...on("AskForLicense", () => {
      waitingFor = [...waitingFor, { ...place, position: 4 }];
      return { assignLicenses: { __typename: "AssignLicensesPayload", assignedCount: 0, waitingCount: 1, userErrors: [] } };
    }),
  });
  const panel = screen.getByRole("dialog", { name: "Anna Aagaard" });
  await expect.element(panel.getByText("Number 3 in line, since Nov 20, 2026").first()).toBeVisible();
  await expect.element(panel.getByText("Bo has no usage location. Set it first.")).toBeVisible();
  const throughGroup = panel.getByRole("button", { name: "Leave the waiting list: Visio" });
  await expect.element(throughGroup).toHaveAccessibleDescription(/^Waits through a group/);
  await expectAccessible();
  await panel.getByRole("button", { name: "Leave the waiting list: Office 365 E3" }).click();
  const undo = panel.getByRole("button", { name: /^Undo/ });
  await expect.element(undo).toHaveFocus();
  await undo.click();
  await expect.element(panel.getByText("Number 4 in line, since Nov 20, 2026")).toBeVisible();
  const again = asked.find(({ name }) => name === "AskForLicense")?.variables.input;
  expect(again).toMatchObject({ productId: "prd_e3", userIds: ["usr_1"], waitIfNone: true });
});

test("says why a user cannot leave a waiting list", async () => {
  const refusal = { __typename: "UserError", code: "HELD_BY_GROUP", field: null, message: "Through Sales.", fix: "Leave Sales." };
  const { screen } = await renderApp(`${path}?user=usr_1`, {
    ...answers,
    UserPanel: { node: { ...anna, waitingFor: [place] } },
    LeaveWaitingList: { leaveWaitingList: { __typename: "LeaveWaitingListPayload", leftCount: null, userErrors: [refusal] } },
  });
  await screen.getByRole("button", { name: /^Leave the waiting list/ }).click();
  await expect.element(screen.getByRole("alert")).toHaveTextContent("Through Sales. Leave Sales.");
});

test("says which groups give a license", async () => {
  const group = (id: string, name: string) => ({ __typename: "Group", id, name });
  const [license] = anna.licenses;
  const shared = { ...license, direct: false, groups: [group("grp_1", "Sales"), group("grp_2", "Service")] };
  const { screen } = await renderApp(`${path}?user=usr_1`, { ...answers, UserPanel: { node: { ...anna, licenses: [shared] } } });
  const text = "Through Sales and Service: to remove it, take the user out of the group, or the product from it.";
  await expect.element(screen.getByText(text)).toBeVisible();
});

test("explains why a service is affected", async () => {
  const summary = "Anna has no valid license for Mail since 20 November 2026.";
  const { screen, asked } = await renderApp(`${path}?user=usr_1`, {
    ...answers,
    Explain: { explain: { __typename: "Explanation", summary, dataKeptUntil: "2027-02-20T00:00:00Z" } },
  });
  const why = screen.getByRole("button", { name: "Why? Mail" });
  await why.click();
  await expect.element(screen.getByText(summary)).toBeVisible();
  await expect.element(screen.getByText("The data is kept until Feb 20, 2027.")).toBeVisible();
  expect(asked.find(({ name }) => name === "Explain")?.variables).toEqual({ userId: "usr_1", planId: "pln_1" });
  await expectAccessible();
  await why.click();
  await expect.element(screen.getByText(summary)).not.toBeInTheDocument();
});
