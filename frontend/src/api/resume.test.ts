import { expect, test } from "vitest";
import { resumable } from "./resume";

const request = { query: "subscription { x }", operationName: "Changes", variables: { after: "c1" }, extensions: undefined };

test("a subscription that is sent again goes on behind the last event", () => {
  const { payload, seen } = resumable(request);
  seen({ events: { cursor: "c7" } });
  expect(JSON.parse(JSON.stringify(payload)).variables).toEqual({ after: "c7" });
});

test("an answer without an event leaves the place as it is", () => {
  const { payload, seen } = resumable(request);
  seen(null);
  seen({ events: null });
  expect(payload.variables).toEqual({ after: "c1" });
});
