import { useState } from "react";
import { type CombinedError, useMutation } from "urql";
import { newIdempotencyKey } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import {
  BuyLicensesDocument,
  type BuyLicensesMutation,
  CostFactsFragmentDoc,
  ReduceLicensesDocument,
  type RefusalFragment,
  RefusalFragmentDoc,
} from "../gql/graphql";
import type { Done } from "./CostReview";

type Change = {
  subscriptionId: string;
  expectedVersion: number;
  before: number;
  totalLicenses: number;
  atRenewal: boolean;
  acceptConflict: boolean;
};
type Answer = BuyLicensesMutation["buyLicenses"];
export type Outcome = { done?: Done; refusals: readonly RefusalFragment[]; error?: CombinedError | undefined };

/**
 * Sets the total of a subscription, now or at its renewal: up is a purchase, down a reduction. The key belongs to the form, so that
 * sending again after a lost answer does nothing twice; a refused change leaves the key unused.
 */
export function useChangeTotal() {
  const [key] = useState(newIdempotencyKey);
  const [buying, buy] = useMutation(BuyLicensesDocument);
  const [reducing, reduce] = useMutation(ReduceLicensesDocument);
  const change = async ({ before, acceptConflict, ...input }: Change): Promise<Outcome> => {
    const keyed = { ...input, idempotencyKey: key };
    if (input.totalLicenses > before) {
      const { data, error } = await buy({ input: keyed });
      return outcomeOf(before, input.totalLicenses, data?.buyLicenses, error);
    }
    const { data, error } = await reduce({ input: { ...keyed, acceptConflict } });
    return outcomeOf(before, input.totalLicenses, data?.reduceLicenses, error);
  };
  return { change, busy: buying.fetching || reducing.fetching };
}

export function outcomeOf(before: number, after: number, answer: Answer | undefined, error: CombinedError | undefined): Outcome {
  if (!answer) return { refusals: [], error };
  const refusals = readFragment(RefusalFragmentDoc, answer.userErrors);
  if (refusals.length > 0) return { refusals, error };
  const cost = readFragment(CostFactsFragmentDoc, answer.cost) ?? undefined;
  return { refusals, error, done: { before, after, cost, shortfall: answer.conflict?.shortfall ?? 0 } };
}
