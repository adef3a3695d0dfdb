import { useLingui } from "@lingui/react/macro";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { useFormats } from "../ui/format";

type Named = Pick<SubscriptionFactsFragment, "id" | "product" | "term" | "termEnd">;

/** A subscription is called by its product and term; two of the same by the end of their terms as well. */
export function useSubscriptionNames(): (subscription: Named, among?: readonly Named[]) => string {
  const { t } = useLingui();
  const { day } = useFormats();
  return (subscription, among = []) => {
    const product = subscription.product.name;
    const until = day(subscription.termEnd);
    const annual = subscription.term === "ANNUAL";
    if (among.some((other) => looksAlike(other, subscription))) {
      return annual ? t`${product} (annual, until ${until})` : t`${product} (monthly, until ${until})`;
    }
    return annual ? t`${product} (annual)` : t`${product} (monthly)`;
  };
}

function looksAlike(one: Named, other: Named): boolean {
  return one.id !== other.id && one.product.id === other.product.id && one.term === other.term;
}
