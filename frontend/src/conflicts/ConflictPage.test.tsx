import { beforeEach, expect, test } from "vitest";
import { LiveSocket } from "../testing/liveSocket";
import { type Answers, expectAccessible, on, renderApp } from "../testing/renderApp";
import { conflicts, cost, expired, pool, subscription } from "../testing/samples";
import {
  affectedUsers,
  applied,
  conflictPage,
  mayNot,
  path,
  refusal,
  removal,
  renewal,
  resolutions,
  resolved,
} from "./conflictSamples";

const answers: Answers = {
  ConflictPage: conflictPage(),
  Resolutions: resolutions(removal(), renewal()),
  AffectedUsers: affectedUsers(5),
  ResolutionUsers: resolutions(removal()),
};

beforeEach(() => {
  LiveSocket.subscriptions = [];
});

test("says why, who, until when, and the ways to end it in their order", async () => {
  const { screen } = await renderApp(path, answers);
  await expect.element(screen.getByRole("heading", { name: "License conflict: Office 365 E3", level: 1 })).toBeVisible();
  expect(document.title).toBe("License conflict: Office 365 E3 - LicenseDesk");
  await expect.element(screen.getByText("Subscription expired Nov 20, 2026")).toBeVisible();
  await expect.element(screen.getByText("Access until Dec 20, 2026, data is kept until Mar 20, 2027")).toBeVisible();
  await expect.element(screen.getByText("Access until Dec 20, 2026; no data is kept after that")).toBeVisible();
  const ways = screen.getByRole("heading", { level: 3 });
  await expect.element(ways.nth(1)).toHaveTextContent("2. Renew a subscription");
  await expect.element(ways.first()).toHaveTextContent("1. Remove licenses from inactive users");
  await expect.element(screen.getByText("1 of 5 missing licenses")).toBeVisible();
  await expect.element(screen.getByText("+DKK 360.00")).toBeVisible();
  await expect.element(screen.getByText("can be restored until Dec 22, 2026, gone on Dec 23, 2026")).toBeVisible();
  await expectAccessible();
});

test("says it in Danish", async () => {
  const { screen } = await renderApp(path, answers, "da");
  await expect.element(screen.getByRole("heading", { name: "Licenskonflikt: Office 365 E3" })).toBeVisible();
  await expect.element(screen.getByRole("button", { name: "Gennemfør: 2. Forny et abonnement" })).toBeVisible();
  await expect.element(screen.getByRole("link", { name: "Tilbage til Licenser" })).toBeVisible();
});

test("says so when what is possible now cannot be read, and tries again", async () => {
  let down = true;
  const { screen } = await renderApp(path, {
    ...answers,
    ...on("Resolutions", () => {
      if (down) throw new Error("no connection");
      return resolutions(renewal());
    }),
  });
  await expect.element(screen.getByText("Subscription expired Nov 20, 2026")).toBeVisible();
  await expect.element(screen.getByRole("alert")).toHaveTextContent("LicenseDesk does not answer");
  down = false;
  await screen.getByRole("button", { name: "Try again" }).click();
  await expect.element(screen.getByRole("button", { name: /^Apply: 1/ })).toBeVisible();
});

test("reads what the server says again when the language is changed", async () => {
  const { screen, asked } = await renderApp(path, answers);
  await expect.element(screen.getByRole("button", { name: "Apply: 2. Renew a subscription" })).toBeVisible();
  const before = asked.filter(({ name }) => name === "Resolutions").length;
  await screen.getByRole("button", { name: "Account and settings" }).click();
  await screen.getByRole("menuitemradio", { name: "Dansk" }).click();
  await expect.element(screen.getByText("Forny et abonnement")).toBeVisible();
  await expect.poll(() => asked.filter(({ name }) => name === "Resolutions").length).toBeGreaterThan(before);
});

test("pages the affected users, each with the days of every service", async () => {
  const { screen, asked } = await renderApp(path, { ...answers, AffectedUsers: affectedUsers(250) });
  const grid = screen.getByRole("grid", { name: "Who needs a valid license" });
  await expect.element(grid).toHaveAttribute("aria-rowcount", "251");
  const offsets = asked.filter(({ name }) => name === "AffectedUsers").map(({ variables }) => variables.offset);
  expect(new Set(offsets)).toEqual(new Set([0, 100]));
  await grid.getByRole("button", { name: "User 1", exact: true }).click();
  const days = screen.getByRole("table", { name: "Services that the user is about to lose" });
  await expect.element(days.getByRole("row", { name: "Mail Dec 20, 2026 Mar 20, 2027" })).toBeVisible();
  await expect.element(days.getByRole("row", { name: "Apps Dec 20, 2026 No data is kept" })).toBeVisible();
  await expectAccessible();
});

test("shows the users whom a way takes the license from, and why", async () => {
  const { screen, router } = await renderApp(path, answers);
  await screen.getByRole("button", { name: /^Show 1 user/ }).click();
  const dialog = screen.getByRole("dialog", { name: "1 user to take the license from" });
  await expect.element(dialog.getByText("Sign-in is blocked.")).toBeVisible();
  await expect.element(dialog.getByText("Mail; data is deleted from Dec 23, 2026")).toBeVisible();
  expect(router.state.location.search).toEqual({ users: "res_1" });
  await expectAccessible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect.element(screen.getByRole("button", { name: /^Show 1 user/ })).toHaveFocus();
});

test("renews with the figures that were shown, and says what was done", async () => {
  let done = false;
  const renewed = subscription({ ...expired, state: "ACTIVE", totalLicenses: 5 });
  const paid = cost("0.00", "360.00", "360.00", "4320.00");
  const { screen, asked } = await renderApp(path, {
    ...answers,
    ...on("ConflictPage", () => conflictPage(done ? resolved : {})),
    ...on("ResolveConflict", () => {
      done = true;
      return applied({ licenseSubscription: renewed, cost: paid });
    }),
  });
  await screen.getByRole("button", { name: /^Apply: 2/ }).click();
  const question = screen.getByRole("alertdialog", { name: "Apply this solution?" });
  await expect.element(question.getByText("DKK 4,320.00")).toBeVisible();
  expect(question.getByText("all user data").query()).toBeNull();
  await question.getByRole("button", { name: "Yes" }).click();
  await expect.element(screen.getByRole("heading", { name: "It is done" })).toHaveFocus();
  await expect.element(screen.getByText("DKK 360.00 (+DKK 360.00)")).toBeVisible();
  await expect.element(screen.getByText("A subscription was renewed.")).toBeVisible();
  const [sent] = asked.filter(({ name }) => name === "ResolveConflict");
  expect(sent?.variables.input).toMatchObject({ conflictId: "cfl_1", resolutionId: "res_2", acknowledgeDataLoss: false });
});

test("asks before data is lost, starting on No, and undoes the removal", async () => {
  const removed = { __typename: "Removal", id: "rmv_1", removedCount: 1, undoableUntil: "2026-12-23T00:00:00Z" };
  const left = { __typename: "Conflict", id: "cfl_1", shortfall: 4, resolvedAt: null, resolution: null };
  const undone = { __typename: "Removal", id: "rmv_1", undoneAt: "2026-11-23T12:01:00Z" };
  const { screen, asked } = await renderApp(path, {
    ...answers,
    ResolveConflict: applied({ conflict: left, removal: removed }),
    UndoRemoval: {
      undoRemoval: {
        __typename: "UndoRemovalPayload",
        removal: undone,
        pool: pool({ shortfall: 5, product: { __typename: "Product", id: "prd_e3", name: "Office 365 E3", servicePlans: [] } }),
        conflict: left,
        leftOut: [],
        userErrors: [],
      },
    },
  });
  await screen.getByRole("button", { name: /^Apply: 1/ }).click();
  const question = screen.getByRole("alertdialog");
  await expect.element(question.getByText(/all user data/)).toBeVisible();
  await expect.element(question.getByRole("button", { name: "No" })).toHaveFocus();
  await expectAccessible();
  await question.getByRole("button", { name: "Yes" }).click();
  await expect.element(screen.getByText("4 users need a valid license").first()).toBeVisible();
  const [sent] = asked.filter(({ name }) => name === "ResolveConflict");
  expect(sent?.variables.input).toMatchObject({ resolutionId: "res_1", acknowledgeDataLoss: true });
  await screen.getByRole("button", { name: "Undo" }).click();
  await expect.element(screen.getByRole("heading", { name: /^The removal was undone/ })).toBeVisible();
});

test("does nothing and reads the ways again when they were changed meanwhile", async () => {
  let changed = false;
  const { screen } = await renderApp(path, {
    ...answers,
    ...on("Resolutions", () => resolutions(changed ? renewal({ id: "res_3", resolves: 4 }) : renewal())),
    ...on("ResolveConflict", () => {
      changed = true;
      return refusal("CHANGED_MEANWHILE", "It is not proposed any more exactly so.");
    }),
  });
  await screen.getByRole("button", { name: /^Apply: 1/ }).click();
  await screen.getByRole("button", { name: "Yes" }).click();
  await expect.element(screen.getByRole("alert")).toHaveTextContent("It is not proposed any more exactly so. Look again.");
  await expect.poll(() => document.activeElement?.textContent).toContain("Nothing was changed");
  await expect.element(screen.getByText("4 of 5 missing licenses")).toBeVisible();
  expect(screen.getByRole("alertdialog").query()).toBeNull();
  expect(screen.getByRole("heading", { name: "It is done" }).query()).toBeNull();
});

test("a change of the licenses stops what is outdated from being applied until the new ways are there", async () => {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let changed = false;
  const { screen } = await renderApp(
    path,
    {
      ...answers,
      ...on("OpenConflicts", () => ({ conflicts: conflicts(1) })),
      ...on("ConflictPage", () => conflictPage(changed ? { shortfall: 4, pool: pool({ version: 2 }) } : {})),
      ...on("Resolutions", async () => {
        if (!changed) return resolutions(renewal());
        await answered;
        return resolutions(renewal({ id: "res_3", version: 2, resolves: 4 }));
      }),
    },
    "en",
    LiveSocket,
  );
  const apply = screen.getByRole("button", { name: /^Apply: 1/ });
  await expect.element(apply).not.toHaveAttribute("aria-disabled", "true");
  await expect.poll(() => LiveSocket.subscriptions.length).toBe(2);
  changed = true;
  LiveSocket.current?.emit("Changes", { events: { __typename: "Event", cursor: "c2", kind: "LICENSES_BOUGHT" } });
  await expect.element(apply).toHaveAccessibleDescription("What is possible now is being looked up");
  answer();
  await expect.element(screen.getByText(/^4 of \d missing licenses/)).toBeVisible();
  await expect.element(apply).not.toHaveAttribute("aria-disabled", "true");
});

test("sends the same key again when no answer came", async () => {
  let lost = true;
  const { screen, asked } = await renderApp(path, {
    ...answers,
    ...on("ResolveConflict", () => {
      if (!lost) return applied({});
      lost = false;
      throw new Error("no connection");
    }),
  });
  await screen.getByRole("button", { name: /^Apply: 2/ }).click();
  await screen.getByRole("button", { name: "Yes" }).click();
  await expect.element(screen.getByRole("alert")).toHaveTextContent("it is done once");
  await screen.getByRole("button", { name: "Yes" }).click();
  await expect.element(screen.getByRole("heading", { name: "It is done" })).toBeVisible();
  const keys = asked.filter(({ name }) => name === "ResolveConflict").map(({ variables }) => variables.input.idempotencyKey);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test("leaves out what it costs for who may not see it, and keeps what may not be done, with the reason", async () => {
  const proposed = [removal({ cost: null, can: mayNot }), renewal({ cost: null, can: mayNot })];
  const { screen } = await renderApp(path, { ...answers, Resolutions: resolutions(...proposed) });
  const apply = screen.getByRole("button", { name: /^Apply: 1/ });
  await expect.element(apply).toHaveAttribute("aria-disabled", "true");
  await expect.element(apply).toHaveAccessibleDescription("Needs an owner");
  await expect.element(screen.getByText("5 of 5 missing licenses")).toBeVisible();
  expect(screen.getByText("Cost a month").query()).toBeNull();
  expect(screen.getByText("Charged now").query()).toBeNull();
});

test("turns to how it ended when somebody else ends it", async () => {
  let over = false;
  const { screen } = await renderApp(
    path,
    {
      ...answers,
      ...on("ConflictPage", () => conflictPage(over ? resolved : {})),
      ...on("OpenConflicts", () => ({ conflicts: conflicts(2) })),
    },
    "en",
    LiveSocket,
  );
  await expect.element(screen.getByRole("heading", { name: "Ways to end it" })).toBeVisible();
  await expect.poll(() => LiveSocket.subscriptions.length).toBe(2);
  over = true;
  const ended = { __typename: "Conflict", id: "cfl_1", resolvedAt: "2026-11-23T12:00:00Z", shortfall: 0, pool: resolved.pool };
  const event = { __typename: "ConflictEvent", cursor: "c2", kind: "CONFLICT_RESOLVED", shortfall: 0, conflict: ended };
  LiveSocket.current?.emit("ConflictEvents", { conflictEvents: event });
  await expect.element(screen.getByText("Resolved Nov 23, 2026.")).toBeVisible();
  await expect.element(screen.getByText("A subscription was renewed.")).toBeVisible();
  await expect.element(screen.getByRole("status")).toHaveTextContent("The conflict is resolved");
  expect(screen.getByRole("heading", { name: "Ways to end it" }).query()).toBeNull();
});

test("a resolved conflict stays readable and leads to the one that is open now", async () => {
  const { screen } = await renderApp(path, {
    ...answers,
    ConflictPage: conflictPage({ ...resolved, pool: pool({ conflict: { ...open, id: "cfl_2" } }) }),
  });
  await expect.element(screen.getByText("Resolved Nov 23, 2026.")).toBeVisible();
  await expect.element(screen.getByText("3 days")).toBeVisible();
  const next = screen.getByRole("link", { name: "Go to the conflict that is open now" });
  await expect.element(next).toHaveAttribute("href", "/o/nordvind/conflicts/cfl_2");
  await expectAccessible();
});

const open = { __typename: "Conflict", reason: "REMOVAL_UNDONE", shortfall: 5, openedAt: "2026-11-23T12:00:00Z" };

test("says so when nothing is proposed, and leaves the ways of one's own", async () => {
  const { screen } = await renderApp(path, { ...answers, Resolutions: resolutions() });
  await expect.element(screen.getByText("Nothing is proposed")).toBeVisible();
  await expect.element(screen.getByRole("link", { name: "Buy more: Office 365 E3" })).toBeVisible();
});

test("an unknown conflict is said to be none", async () => {
  const { screen } = await renderApp(path, { ...answers, ConflictPage: { ...conflictPage(), node: null } });
  await expect.element(screen.getByText("There is no such conflict")).toBeVisible();
  await expect.element(screen.getByRole("link", { name: "Go to Licenses" })).toBeVisible();
});

test("tries again when the server does not answer", async () => {
  let down = true;
  const { screen } = await renderApp(path, {
    ...answers,
    ...on("ConflictPage", () => {
      if (down) throw new Error("no connection");
      return conflictPage();
    }),
  });
  await expect.element(screen.getByRole("alert")).toHaveTextContent("LicenseDesk does not answer");
  down = false;
  await screen.getByRole("button", { name: "Try again" }).click();
  await expect.element(screen.getByRole("heading", { name: "License conflict: Office 365 E3" })).toBeVisible();
});
