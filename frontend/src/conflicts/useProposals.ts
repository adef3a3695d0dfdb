import { useEffect } from "react";
import { type CombinedError, useQuery } from "urql";
import { useOnChange } from "../api/changes";
import { readFragment } from "../gql/fragment-masking";
import { type ResolutionFactsFragment, ResolutionFactsFragmentDoc, ResolutionsDocument } from "../gql/graphql";

type Proposals = {
  /** The cheapest and least harmful first; undefined until they are known. */
  proposed: readonly ResolutionFactsFragment[] | undefined;
  /** The licenses have changed since: nothing of it can be applied, and what is possible now is on its way. */
  outdated: boolean;
  /** Why they are not known, or stay outdated. */
  error: CombinedError | undefined;
  readAgain: () => void;
};

/** Milliseconds between two readings while changes go on: the server plans from all who hold the license. */
const pause = 5000;

/** What the server proposes to end a conflict, of whose licenses this is the version. */
export function useProposals(conflict: string, version: number): Proposals {
  const [{ data, error }, read] = useQuery({
    query: ResolutionsDocument,
    variables: { id: conflict },
    requestPolicy: "cache-and-network",
  });
  const readAgain = () => read({ requestPolicy: "network-only" });
  useOnChange(readAgain, pause);
  const node = data?.node?.__typename === "Conflict" ? data.node : undefined;
  const proposed = node && readFragment(ResolutionFactsFragmentDoc, node.resolutions);
  const outdated = proposed?.some((resolution) => resolution.version < version) ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each version that is newer than what is proposed
  useEffect(() => {
    if (outdated) readAgain();
  }, [outdated, version]);
  return { proposed, outdated, error: data && !outdated ? undefined : error, readAgain };
}
