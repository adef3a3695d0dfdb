import { useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { tellChange } from "../api/changes";
import { newIdempotencyKey } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import {
  BuyLicensesDocument,
  type BuyLicensesMutation,
  ReduceLicensesDocument,
  RefusalFragmentDoc,
  type SubscriptionFactsFragment as Subscription,
  SubscriptionFactsFragmentDoc,
} from "../gql/graphql";
import { useOfferUndoToast, useSayToast } from "../ui/undoToast";

type Answer = BuyLicensesMutation["buyLicenses"] | undefined;

/**
 * Takes back what a subscription has scheduled for its renewal; for a while that can be undone. Whether it was done.
 * Either way the subscription is one that this person has changed: told, so that a form on it can begin anew.
 */
export function useCancelScheduled(onChanged: () => void): (subscription: Subscription, name: string) => Promise<boolean> {
  const { t } = useLingui();
  const schedule = useSchedule();
  const offerUndo = useOfferUndoToast();
  return async (subscription, name) => {
    const { scheduledTotal, totalLicenses } = subscription;
    const cancelled = await schedule(subscription, totalLicenses);
    if (!cancelled || scheduledTotal == null) return false;
    offerUndo(t`${name}: the change is cancelled.`, async () => {
      if (await schedule(cancelled, scheduledTotal)) onChanged();
    });
    onChanged();
    return true;
  };
}

/** Sets the total of the next renewal on the state that was shown. The subscription as it is then, or undefined after saying why not. */
function useSchedule() {
  const { t } = useLingui();
  const [, buy] = useMutation(BuyLicensesDocument);
  const [, reduce] = useMutation(ReduceLicensesDocument);
  const say = useSayToast();
  const send = async ({ id, version, totalLicenses: today }: Subscription, total: number): Promise<Answer> => {
    const input = { subscriptionId: id, totalLicenses: total, atRenewal: true, expectedVersion: version };
    const keyed = { ...input, idempotencyKey: newIdempotencyKey() };
    if (total >= today) return (await buy({ input: keyed })).data?.buyLicenses;
    return (await reduce({ input: { ...keyed, acceptConflict: true } })).data?.reduceLicenses;
  };
  return async (subscription: Subscription, total: number): Promise<Subscription | undefined> => {
    const answer = await send(subscription, total);
    const [refusal] = readFragment(RefusalFragmentDoc, answer?.userErrors ?? []);
    if (answer && !refusal) return readFragment(SubscriptionFactsFragmentDoc, answer.licenseSubscription) ?? undefined;
    tellChange(); // what was shown may be old
    say("error", refusal ? `${refusal.message} ${refusal.fix}` : t`This could not be saved. Try again.`);
    return undefined;
  };
}
