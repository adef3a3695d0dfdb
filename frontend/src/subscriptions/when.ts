import type { SubscriptionFactsFragment } from "../gql/graphql";

/** When a total is to be taken. */
export type When = "now" | "renewal";

type Totals = Pick<SubscriptionFactsFragment, "totalLicenses" | "scheduledTotal">;

/** The total that stands for that time already: today's, or the one that the next renewal takes. */
export function standingTotal({ totalLicenses, scheduledTotal }: Totals, when: When): number {
  return when === "renewal" ? (scheduledTotal ?? totalLicenses) : totalLicenses;
}
