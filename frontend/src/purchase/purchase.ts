import { useMutation } from "urql";
import { tellChange } from "../api/changes";
import { useKeyPerInput } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import {
  PurchaseSubscriptionDocument,
  type PurchaseSubscriptionInput,
  type SubscriptionFactsFragment,
  SubscriptionFactsFragmentDoc,
} from "../gql/graphql";
import { type Outcome, outcomeOf } from "../subscriptions/changeTotal";

export type Order = Pick<PurchaseSubscriptionInput, "productId" | "totalLicenses" | "term"> & { autoRenew: boolean };
export type Purchased = Outcome & { subscription?: SubscriptionFactsFragment | undefined };

/** Buys a new subscription, once however often the same is sent. */
export function usePurchase() {
  const [{ fetching: busy }, send] = useMutation(PurchaseSubscriptionDocument);
  const keyFor = useKeyPerInput();
  const purchase = async (order: Order): Promise<Purchased> => {
    const { data, error } = await send({ input: { ...order, idempotencyKey: keyFor(JSON.stringify(order)) } });
    const answer = data?.purchaseSubscription;
    const outcome = outcomeOf(order.totalLicenses, order.totalLicenses, answer, error);
    if (!outcome.done) return outcome;
    tellChange();
    return { ...outcome, subscription: readFragment(SubscriptionFactsFragmentDoc, answer?.licenseSubscription) ?? undefined };
  };
  return { purchase, busy };
}
