import { Navigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { Provider, useQuery } from "urql";
import { createApiClient } from "../api/client";
import { ShellDocument } from "../gql/graphql";
import { FullPage } from "./FullPage";
import { QueryError } from "./QueryError";

/** The address without an organization leads to the one that the session began with. */
export function StartPage() {
  return (
    <Provider value={useMemo(() => createApiClient(), [])}>
      <ToOwnOrganization />
    </Provider>
  );
}

function ToOwnOrganization() {
  const [{ data, error }, retry] = useQuery({ query: ShellDocument });
  if (data) return <Navigate to="/o/$org/licenses" params={{ org: data.viewer.organization.slug }} replace />;
  if (!error) return null;
  return (
    <FullPage>
      <QueryError error={error} onRetry={() => retry({ requestPolicy: "network-only" })} />
    </FullPage>
  );
}
