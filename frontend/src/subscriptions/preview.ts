import { useEffect, useState } from "react";
import { type CombinedError, useClient } from "urql";
import { readFragment } from "../gql/fragment-masking";
import {
  type CostFactsFragment,
  CostFactsFragmentDoc,
  PreviewBuyLicensesDocument,
  type PreviewBuyLicensesMutation,
  PreviewReduceLicensesDocument,
  PreviewRenewSubscriptionDocument,
  type RefusalFragment,
  RefusalFragmentDoc,
} from "../gql/graphql";

/** What a change would bring, by the server's dry run of it. */
export type Preview = { cost: CostFactsFragment | undefined; shortfall: number; refusal: RefusalFragment | undefined };

type Answer = PreviewBuyLicensesMutation["buyLicenses"] | undefined;
type Asked = { data?: Answer; error?: CombinedError | undefined };
type Ask = () => Promise<Asked>;

/** A new total, up or down; a conflict that it would open is accepted here and shown. */
export function useTotalPreview(subscriptionId: string, current: number, totalLicenses: number | undefined): Preview | undefined {
  const client = useClient();
  const ask: Ask = async () => {
    const change = { subscriptionId, totalLicenses: totalLicenses ?? current, dryRun: true };
    if (change.totalLicenses >= current) {
      const { data, error } = await client.mutation(PreviewBuyLicensesDocument, { input: change });
      return { data: data?.buyLicenses, error };
    }
    const { data, error } = await client.mutation(PreviewReduceLicensesDocument, { input: { ...change, acceptConflict: true } });
    return { data: data?.reduceLicenses, error };
  };
  return usePreview(totalLicenses === undefined ? undefined : `${subscriptionId} ${current} ${totalLicenses}`, ask);
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
      const { data } = await ask();
      if (!wanted) return;
      if (data) setAnswered({ question, preview: previewOf(data) });
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

function previewOf(answer: NonNullable<Answer>): Preview {
  return {
    cost: readFragment(CostFactsFragmentDoc, answer.cost) ?? undefined,
    shortfall: answer.conflict?.shortfall ?? 0,
    refusal: readFragment(RefusalFragmentDoc, answer.userErrors)[0],
  };
}
