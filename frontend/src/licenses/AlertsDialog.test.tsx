import { beforeEach, expect, test } from "vitest";
import { LiveSocket } from "../testing/liveSocket";
import { type Answers, expectAccessible, on, renderApp } from "../testing/renderApp";
import { conflicts, pool, pools, refused } from "../testing/samples";

const path = "/o/nordvind/licenses";

type Input = { muted?: boolean; freeThreshold?: number | null; expectedVersion?: number };

/** A server with one product's alerts, which it refuses as it is told to, and other people who set them. */
function server(fields: Record<string, unknown> = {}, refusal?: object) {
  let now = { alertsMuted: false, freeThreshold: null as number | null, version: 1, conflict: null, ...fields };
  const setByOthers = (changes: Partial<typeof now>) => {
    now = { ...now, ...changes, version: now.version + 1 };
  };
  const set = ({ muted = false, freeThreshold = null, expectedVersion }: Input) => {
    if (refusal) return refusal;
    if (expectedVersion !== now.version) return changedMeanwhile;
    setByOthers({ alertsMuted: muted, freeThreshold });
    return { ...answered, pool: pool(now) };
  };
  const answers: Answers = {
    ...on("LicensesPage", () => ({ licensePools: pools(pool(now)), conflicts: conflicts(0) })),
    ...on("SetPoolAlerts", ({ input }) => ({ setPoolAlerts: set(input) })),
    ...on("OpenConflicts", () => ({ conflicts: conflicts(0) })),
  };
  return { answers, setByOthers };
}

const answered = { __typename: "SetPoolAlertsPayload", pool: null, userErrors: [] as object[] };
const userError = { __typename: "UserError", code: "BAD_INPUT", field: null, message: "Refused.", fix: "Do otherwise." };
const changedMeanwhile = {
  ...answered,
  userErrors: [{ ...userError, code: "CHANGED_MEANWHILE", field: ["input", "expectedVersion"] }],
};

type Screen = Awaited<ReturnType<typeof renderApp>>["screen"];

function controls(screen: Screen) {
  return {
    bell: screen.getByRole("link", { name: "Alerts: Office 365 E3" }),
    dialog: screen.getByRole("dialog", { name: "Alerts: Office 365 E3" }),
    alerts: screen.getByRole("switch", { name: "Tell of license conflicts and of few licenses left" }),
    threshold: screen.getByRole("textbox", { name: "Tell when fewer licenses are available than" }),
    save: screen.getByRole("button", { name: "Save" }),
  };
}

beforeEach(() => {
  LiveSocket.subscriptions = [];
});

function tellAlertsChanged(cursor: string): void {
  LiveSocket.current?.emit("Changes", { events: { __typename: "Event", cursor, kind: "ALERTS_CHANGED" } });
}

test("opens from the product's bell with what is set, saves it, and gives focus back to the bell", async () => {
  const { screen, asked } = await renderApp(path, server({ freeThreshold: 5 }).answers);
  const { bell, dialog, alerts, threshold, save } = controls(screen);
  await expect.element(bell).toHaveAccessibleDescription("Alerts are on");
  await bell.click();
  await expect.element(alerts).toBeChecked();
  await expect.element(threshold).toHaveValue("5");
  await expectAccessible();
  await alerts.click();
  await threshold.fill("10");
  await save.click();
  await expect.element(screen.getByText("The alerts of Office 365 E3 are saved.").first()).toBeInTheDocument();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(bell).toHaveFocus();
  await expect.element(bell).toHaveAccessibleDescription("Alerts are off");
  const sent = asked.find(({ name }) => name === "SetPoolAlerts")?.variables.input;
  expect(sent).toMatchObject({ poolId: "pool_1", muted: true, freeThreshold: 10, expectedVersion: 1 });
  expect(sent?.idempotencyKey).toBeTruthy();
});

test("an empty field means never", async () => {
  const { screen, asked } = await renderApp(`${path}?alerts=pool_1`, server({ freeThreshold: 5 }).answers);
  const { dialog, threshold, save } = controls(screen);
  await threshold.fill("");
  await save.click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(asked.find(({ name }) => name === "SetPoolAlerts")?.variables.input).toMatchObject({
    muted: false,
    freeThreshold: null,
  });
});

for (const typed of ["0", "1000001", "ten", "1.5"]) {
  test(`takes no threshold of ${typed}`, async () => {
    const { screen, asked } = await renderApp(`${path}?alerts=pool_1`, server().answers);
    const { threshold, save } = controls(screen);
    await threshold.fill(typed);
    await expect.element(threshold).toHaveAccessibleDescription(/Enter a whole number from 1 to 1,000,000\./);
    await expect.element(save).toHaveAttribute("aria-disabled", "true");
    await threshold.element().closest("form")?.requestSubmit();
    expect(asked.filter(({ name }) => name === "SetPoolAlerts")).toEqual([]);
  });
}

test("shows a refusal at its field", async () => {
  const refusal = { ...answered, userErrors: [{ ...userError, field: ["input", "freeThreshold"] }] };
  const { screen } = await renderApp(`${path}?alerts=pool_1`, server({}, refusal).answers);
  const { threshold, save } = controls(screen);
  await threshold.fill("7");
  await save.click();
  await expect.element(threshold).toHaveAccessibleDescription(/Refused\. Do otherwise\./);
  expect(screen.getByText("Nothing was changed").query()).toBeNull();
});

test("says that nothing was saved when something else of the product changed, and saves on the newer state", async () => {
  const { answers, setByOthers } = server();
  const { screen } = await renderApp(`${path}?alerts=pool_1`, answers);
  const { dialog, threshold, save } = controls(screen);
  await threshold.fill("7");
  setByOthers({});
  await save.click();
  await expect.element(screen.getByText("Nothing was changed")).toBeVisible();
  await save.click();
  await expect.element(dialog).not.toBeInTheDocument();
});

test("shows what somebody else set meanwhile, and lets the person choose", async () => {
  const { answers, setByOthers } = server();
  const { screen } = await renderApp(`${path}?alerts=pool_1`, answers);
  const { alerts, threshold, save } = controls(screen);
  await threshold.fill("7");
  setByOthers({ alertsMuted: true, freeThreshold: 3 });
  await save.click();
  await expect.element(screen.getByText("Someone changed these alerts meanwhile")).toBeVisible();
  await expect.element(screen.getByText("Few licenses: fewer than 3 available")).toBeVisible();
  await expect.element(save).toHaveAttribute("aria-disabled", "true");
  await expectAccessible();
  await screen.getByRole("button", { name: "Take theirs" }).click();
  expect(screen.getByText("Nothing was changed").query()).toBeNull();
  await expect.element(alerts).not.toBeChecked();
  await expect.element(threshold).toHaveValue("3");
  await expect.element(save).not.toHaveAttribute("aria-disabled", "true");
});

test("keeps what is entered over what somebody else set, when the person says so", async () => {
  const { answers, setByOthers } = server();
  const { screen, asked } = await renderApp(`${path}?alerts=pool_1`, answers);
  const { dialog, threshold, save } = controls(screen);
  await threshold.fill("7");
  setByOthers({ freeThreshold: 3 });
  await save.click();
  await screen.getByRole("button", { name: "Keep what I entered" }).click();
  await save.click();
  await expect.element(dialog).not.toBeInTheDocument();
  const sent = asked.filter(({ name }) => name === "SetPoolAlerts").map(({ variables }) => variables.input);
  expect(sent.at(-1)).toMatchObject({ freeThreshold: 7, expectedVersion: 2 });
  expect(sent.at(-1)?.idempotencyKey).not.toBe(sent.at(0)?.idempotencyKey);
});

test("what somebody else sets is followed where nothing is entered yet, and told where something is", async () => {
  const { answers, setByOthers } = server();
  const { screen } = await renderApp(`${path}?alerts=pool_1`, answers, "en", LiveSocket);
  const { alerts, threshold } = controls(screen);
  await expect.element(threshold).toHaveValue("");
  await expect.poll(() => LiveSocket.subscriptions.length).toBe(2);
  setByOthers({ alertsMuted: true, freeThreshold: 3 });
  tellAlertsChanged("c2");
  await expect.element(threshold).toHaveValue("3");
  await expect.element(alerts).not.toBeChecked();
  expect(screen.getByText("Someone changed these alerts meanwhile").query()).toBeNull();
  await threshold.fill("7");
  setByOthers({ freeThreshold: 4 });
  tellAlertsChanged("c3");
  await expect.element(screen.getByText("Someone changed these alerts meanwhile")).toBeVisible();
  await expect.element(threshold).toHaveValue("7");
});

test("the bell changes when somebody else mutes the product", async () => {
  const { answers, setByOthers } = server();
  const { screen } = await renderApp(path, answers, "en", LiveSocket);
  const { bell } = controls(screen);
  await expect.element(bell).toHaveAccessibleDescription("Alerts are on");
  await expect.poll(() => LiveSocket.subscriptions.length).toBe(2);
  setByOthers({ alertsMuted: true });
  tellAlertsChanged("c2");
  await expect.element(bell).toHaveAccessibleDescription("Alerts are off");
});

test("who may not set alerts sees them, and why not", async () => {
  const { screen, asked } = await renderApp(path, server({ can: refused("Needs an owner") }).answers);
  const { bell, alerts, save } = controls(screen);
  await bell.click();
  await expect.element(alerts).toBeChecked();
  await expect.element(save).toHaveAttribute("aria-disabled", "true");
  await expect.element(save).toHaveAccessibleDescription("Needs an owner");
  await save.click({ force: true });
  expect(asked.filter(({ name }) => name === "SetPoolAlerts")).toEqual([]);
});

test("an address with an unknown product says so", async () => {
  const { screen } = await renderApp(`${path}?alerts=pool_9`, server().answers);
  await expect.element(screen.getByText("There is no such product")).toBeVisible();
  await expectAccessible();
});

test("says it in Danish", async () => {
  const { screen } = await renderApp(path, server({ alertsMuted: true }).answers, "da");
  const bell = screen.getByRole("link", { name: "Advarsler: Office 365 E3" });
  await expect.element(bell).toHaveAccessibleDescription("Advarsler er slået fra");
  await bell.click();
  await expect
    .element(screen.getByRole("switch", { name: "Advar om licenskonflikter og om få licenser tilbage" }))
    .not.toBeChecked();
  await expect.element(screen.getByRole("button", { name: "Gem" })).toBeVisible();
});
