import { expect, test } from "vitest";
import { expectAccessible, on, renderApp } from "../testing/renderApp";
import { e3 } from "../testing/samples";
import { anna, answers, place } from "./userSamples";

const path = "/o/nordvind/users?user=usr_1";

test("shows what a user waits for and why; leaving the list can be undone by asking again", async () => {
  const passedOver = { __typename: "UserError", message: "Bo has no usage location.", fix: "Set it first." };
  let waitingFor = [place, { ...place, direct: false, passedOver, product: { ...e3, id: "prd_2", name: "Visio" } }];
  const { screen, asked } = await renderApp(path, {
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
  const { screen } = await renderApp(path, {
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
  const { screen } = await renderApp(path, { ...answers, UserPanel: { node: { ...anna, licenses: [shared] } } });
  const text = "Through Sales and Service: to remove it, take the user out of the group, or the product from it.";
  await expect.element(screen.getByText(text)).toBeVisible();
});

test("explains why a service is affected", async () => {
  const summary = "Anna has no valid license for Mail since 20 November 2026.";
  const { screen, asked } = await renderApp(path, {
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
