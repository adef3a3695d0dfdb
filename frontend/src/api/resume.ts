import type { SubscriptionOperation } from "@urql/core";
import type { SubscribePayload } from "graphql-ws";

type Resumable = { payload: SubscribePayload; seen: (data: unknown) => void };

/**
 * A subscription whose variable `after` moves on with each event. graphql-ws sends the payload
 * again after every reconnect, so nothing is missed and nothing comes twice.
 */
export function resumable(request: SubscriptionOperation): Resumable {
  const variables: Record<string, unknown> = { ...request.variables };
  const payload = { query: request.query ?? "", variables, operationName: request.operationName };
  return {
    payload,
    seen: (data) => {
      const cursor = cursorOf(data);
      if (cursor) variables.after = cursor;
    },
  };
}

function cursorOf(data: unknown): string | undefined {
  const [event] = Object.values((data ?? {}) as Record<string, { cursor?: string } | null>);
  return event?.cursor;
}
