import type { ExecutionResult, SubscriptionForwarder } from "@urql/core";
import { type Client, createClient } from "graphql-ws";
import { setConnectionState } from "./connection";
import { resumable } from "./resume";

/** WebSocket close codes after which trying again cannot help (see graphql-transport-ws). */
const refusals = new Set([4400, 4401, 4403, 4406]);

/** Opens the socket with the first subscription and keeps it open for as long as there is one. */
export function createSocket(organization: string | undefined): Client {
  return createClient({
    url: socketAddress,
    lazy: true,
    lazyCloseTimeout: 5_000,
    connectionParams: organization ? { organization } : {},
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (fault) => !(fault instanceof CloseEvent && refusals.has(fault.code)),
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, waitBefore(retries))),
    on: {
      connected: () => setConnectionState("live"),
      closed: (event) => setConnectionState(event instanceof CloseEvent && event.code === 1000 ? "idle" : "reconnecting"),
    },
  });
}

/** Runs one subscription; after a lost connection it continues behind the last event that it has seen. */
export function forwardTo(socket: Client): SubscriptionForwarder {
  return (request) => ({
    subscribe(sink) {
      const { payload, seen } = resumable(request);
      const unsubscribe = socket.subscribe(payload, {
        next: (result) => {
          seen(result.data);
          sink.next(result as ExecutionResult);
        },
        error: (fault) => sink.error(fault),
        complete: () => sink.complete(),
      });
      return { unsubscribe };
    },
  });
}

function socketAddress(): string {
  return new URL("/graphql", location.href).href.replace(/^http/, "ws");
}

/** Half a second, doubling up to 15 s, with some chance so that a restarted server is not stormed. */
function waitBefore(retries: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(retries, 5)) * (0.75 + Math.random() / 2);
}
