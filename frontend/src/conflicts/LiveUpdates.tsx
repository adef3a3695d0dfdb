import { type ReactNode, useCallback, useEffect, useState } from "react";
import { type CombinedError, useClient, useQuery } from "urql";
import { tellChange, useOnChange } from "../api/changes";
import { ChangesDocument, ConflictEventsDocument, OpenConflictsDocument } from "../gql/graphql";
import { OpenConflictsContext, useResolution } from "./openConflicts";

/**
 * Keeps the organization's pages live. Conflict events change pools and conflicts in the cache by their ids;
 * every event tells the pages to read their counters again. Who may not follow the log
 * still gets the conflicts, and the rest when coming back to the window.
 */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const client = useClient();
  const [{ data }, refetch] = useQuery({ query: OpenConflictsDocument });
  const [after, setAfter] = useState<string>();
  const cursor = data?.conflicts.eventCursor;
  useEffect(() => setAfter((start) => start ?? cursor), [cursor]);

  const readAgain = useCallback(() => refetch({ requestPolicy: "network-only" }), [refetch]);
  useOnChange(readAgain);

  useEffect(() => {
    if (!after) return;
    const hear = ({ error }: { error?: CombinedError | undefined }) => {
      if (!error) return tellChange();
      if (!isPlaceLost(error)) return;
      setAfter(undefined);
      tellChange();
    };
    const conflicts = client.subscription(ConflictEventsDocument, { after }).subscribe(hear);
    const changes = client.subscription(ChangesDocument, { after }).subscribe(hear);
    return () => {
      conflicts.unsubscribe();
      changes.unsubscribe();
    };
  }, [client, after]);

  useEffect(() => {
    const look = () => document.visibilityState === "visible" && tellChange();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);

  return <OpenConflictsContext value={useResolution(data?.conflicts.totalCount)}>{children}</OpenConflictsContext>;
}

/** The log does not reach back to where we were: start from today's snapshot. */
function isPlaceLost(error: CombinedError): boolean {
  const codes = error.graphQLErrors.map((fault) => fault.extensions.code);
  return codes.includes("INVALID_CURSOR") || codes.includes("CURSOR_EXPIRED");
}
