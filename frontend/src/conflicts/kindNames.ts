import { useLingui } from "@lingui/react/macro";
import type { ResolutionKind } from "../gql/graphql";

/** What each way to end a conflict is called. */
export function useKindNames(): Record<ResolutionKind, string> {
  const { t } = useLingui();
  return {
    REMOVE_REDUNDANT: t`Remove superfluous licenses`,
    MOVE: t`Move users to another product`,
    REMOVE_INACTIVE: t`Remove licenses from inactive users`,
    RENEW: t`Renew a subscription`,
    BUY: t`Buy licenses`,
    COMBINED: t`Combine several ways`,
  };
}
