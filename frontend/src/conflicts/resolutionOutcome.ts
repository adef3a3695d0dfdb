import { readFragment } from "../gql/fragment-masking";
import {
  type CostFactsFragment,
  CostFactsFragmentDoc,
  type ResolveConflictMutation,
  type SubscriptionFactsFragment,
  SubscriptionFactsFragmentDoc,
} from "../gql/graphql";

/** What applying a resolution did, in the server's figures. */
export type ResolutionOutcome = {
  /** Users who need a valid license still. */
  shortfall: number;
  removedCount: number;
  /** By their ids, to undo them by; none when no license was taken. */
  removals: readonly string[];
  undone: boolean;
  /** The subscription that was renewed, raised or bought. */
  subscription: SubscriptionFactsFragment | undefined;
  /** Undefined for those who may not see costs. */
  cost: CostFactsFragment | undefined;
};

export function outcomeOf(answer: ResolveConflictMutation["resolveConflict"]): ResolutionOutcome {
  const { conflict, removal, licenseSubscription, cost } = answer;
  return {
    shortfall: conflict?.shortfall ?? 0,
    removedCount: removal?.removedCount ?? 0,
    removals: removal ? [removal.id] : [],
    undone: false,
    subscription: readFragment(SubscriptionFactsFragmentDoc, licenseSubscription) ?? undefined,
    cost: readFragment(CostFactsFragmentDoc, cost) ?? undefined,
  };
}
