import { useEffect, useState } from "react";
import { type CombinedError, useClient } from "urql";
import { readFragment } from "../gql/fragment-masking";
import {
  type CostFactsFragment,
  CostFactsFragmentDoc,
  PreviewBuyLicensesDocument,
  type PreviewBuyLicensesMutation,
  PreviewPurchaseSubscriptionDocument,
  PreviewReduceLicensesDocument,
  PreviewReductionAtRenewalDocument,
  type PreviewReductionAtRenewalMutation,
  PreviewRenewSubscriptionDocument,
  type PurchaseSubscriptionInput,
  type RefusalFragment,
  RefusalFragmentDoc,
} from "../gql/graphql";
import type { When } from "./when";

/** What a change would bring, by the server's dry run of it. */
export type Preview = {
  cost: CostFactsFragment | undefined;
  /** Users without a valid license when the change is made; not told of an increase at the renewal. */
  shortfall: number;
  /** What the next renewal would change then. */
  scheduledTotal: number | undefined;
  refusal: RefusalFragment | undefined;
};

type Answer = Omit<PreviewBuyLicensesMutation["buyLicenses"], "licenseSubscription"> & {
  licenseSubscription?: PreviewBuyLicensesMutation["buyLicenses"]["licenseSubscription"];
};
type Asked = { data?: Answer | undefined; shortfall?: number; error?: CombinedError | undefined };
type Ask = () => Promise<Asked>;

/** A new total, up or down, now or at the renewal; a conflict that it would open is accepted here and shown. */
export function useTotalPreview(id: string, current: number, totalLicenses: number | undefined, when: When): Preview | undefined {
  const client = useClient();
  const ask: Ask = async () => {
    const total = totalLicenses ?? current;
    const change = { subscriptionId: id, totalLicenses: total, atRenewal: when === "renewal", dryRun: true };
    if (total >= current) {
      const { data, error } = await client.mutation(PreviewBuyLicensesDocument, { input: change });
      return { data: data?.buyLicenses, error, ...(when === "renewal" && { shortfall: 0 }) };
    }
    const input = { ...change, acceptConflict: true };
    if (when === "renewal") {
      const { data, error } = await client.mutation(PreviewReductionAtRenewalDocument, { accepted: input, unaccepted: change });
      return { data: data?.accepted, shortfall: shortfallOf(data?.unaccepted), error };
    }
    const { data, error } = await client.mutation(PreviewReduceLicensesDocument, { input });
    return { data: data?.reduceLicenses, error };
  };
  return usePreview(totalLicenses === undefined ? undefined : `${id} ${current} ${totalLicenses} ${when}`, ask);
}

/** How many users the refusal to open a conflict names. */
function shortfallOf(refused: PreviewReductionAtRenewalMutation["unaccepted"] | undefined): number {
  const facts = refused?.userErrors.find(({ code }) => code === "LICENSES_IN_USE")?.facts;
  return Number(facts?.find(({ name }) => name === "shortfall")?.value ?? 0);
}

export function useRenewalPreview(subscriptionId: string, totalLicenses: number | undefined): Preview | undefined {
  const client = useClient();
  const ask: Ask = async () => {
    const input = { subscriptionId, totalLicenses: totalLicenses ?? 0, dryRun: true };
    const { data, error } = await client.mutation(PreviewRenewSubscriptionDocument, { input });
    return { data: data?.renewSubscription, error };
  };
  return usePreview(totalLicenses === undefined ? undefined : `${subscriptionId} ${totalLicenses}`, ask);
}

/** A new subscription. */
export function usePurchasePreview(order: Omit<PurchaseSubscriptionInput, "dryRun"> | undefined): Preview | undefined {
  const client = useClient();
  const ask: Ask = async () => {
    if (!order) return {};
    const input = { ...order, dryRun: true };
    const { data, error } = await client.mutation(PreviewPurchaseSubscriptionDocument, { input });
    return { data: data?.purchaseSubscription, error };
  };
  return usePreview(order && JSON.stringify(order), ask);
}

const typingPause = 200;
const retryPause = 1000;

/** Asks when the typing pauses, and again when no answer came; that to an older question is thrown away. No question, no preview. */
function usePreview(question: string | undefined, ask: Ask): Preview | undefined {
  const [answered, setAnswered] = useState<{ question: string; preview: Preview }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question says all that ask depends on
  useEffect(() => {
    if (question === undefined) return;
    let wanted = true;
    const look = async () => {
      const { data, shortfall } = await ask();
      if (!wanted) return;
      if (data) setAnswered({ question, preview: previewOf(data, shortfall) });
      else timer = setTimeout(look, retryPause);
    };
    let timer = setTimeout(look, typingPause);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [question]);
  return answered?.question === question ? answered?.preview : undefined;
}

function previewOf(answer: Answer, shortfall = answer.conflict?.shortfall ?? 0): Preview {
  return {
    cost: readFragment(CostFactsFragmentDoc, answer.cost) ?? undefined,
    shortfall,
    scheduledTotal: answer.licenseSubscription?.scheduledTotal ?? undefined,
    refusal: readFragment(RefusalFragmentDoc, answer.userErrors)[0],
  };
}
