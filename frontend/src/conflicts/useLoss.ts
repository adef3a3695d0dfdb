import { useLingui } from "@lingui/react";
import type { ConflictFactsFragment, ResolutionFactsFragment } from "../gql/graphql";
import type { LostData } from "../removal/dataLoss";
import { lossOf } from "./lossOf";

/** What a resolution of the conflict deletes, in the language's words. */
export function useLoss(resolution: ResolutionFactsFragment, conflict: ConflictFactsFragment, now: string): LostData[] {
  const { i18n } = useLingui();
  const list = new Intl.ListFormat(i18n.locale, { type: "conjunction" });
  return lossOf({ resolution, plans: conflict.product.servicePlans, now, join: (names) => list.format(names) });
}
