import { i18n } from "@lingui/core";
import { Client, fetchExchange, mapExchange, subscriptionExchange } from "@urql/core";
import { createCache } from "./cache";
import { markSignedOut } from "./session";
import { createSocket, forwardTo } from "./socket";

/** The API as the signed-in member of one organization; without a slug, of the one that the session began with. */
export function createApiClient(organization?: string): Client {
  const socket = createSocket(organization);
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetchOptions: () => ({ credentials: "same-origin", headers: headers(organization) }),
    exchanges: [
      mapExchange({ onResult: (result) => (isSignedOut(result.error?.response) ? markSignedOut() : undefined) }),
      createCache(),
      subscriptionExchange({ forwardSubscription: forwardTo(socket) }),
      fetchExchange,
    ],
  });
}

function headers(organization?: string): HeadersInit {
  return {
    accept: "application/graphql-response+json, application/json;q=0.9",
    "accept-language": i18n.locale,
    ...(organization ? { "x-organization": organization } : {}),
  };
}

function isSignedOut(response: Response | undefined): boolean {
  return response?.status === 401;
}
