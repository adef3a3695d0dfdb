import { makeStyles, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { ActionLink } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";

type SubscriptionActionsProps = {
  subscription: SubscriptionFactsFragment;
  name: string;
  org: string;
  /** Whether this is the subscription whose total can be changed from here. */
  changeable?: boolean;
  /** Whether changing the total is what the person is here for. */
  prominent?: boolean;
};

const useStyles = makeStyles({ actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS } });

export function SubscriptionActions({ subscription, name, org, changeable = true, prominent = false }: SubscriptionActionsProps) {
  const { t } = useLingui();
  const { state, can, id } = subscription;
  const params = { org, id };
  const renewable = state === "EXPIRED" || state === "DISABLED";
  return (
    <div className={useStyles().actions}>
      {changeable && (
        <ActionLink
          to="/o/$org/subscriptions/$id/licenses"
          params={params}
          appearance={prominent ? "primary" : "secondary"}
          aria-label={t`Add/remove licenses: ${name}`}
          disabledReason={abilityReason(can, "BUY_LICENSES") ?? abilityReason(can, "REDUCE_LICENSES")}
        >
          {t`Add/remove licenses`}
        </ActionLink>
      )}
      {renewable && (
        <ActionLink
          to="/o/$org/subscriptions"
          params={{ org }}
          search={(search) => ({ ...search, renew: id })}
          resetScroll={false}
          aria-label={t`Renew: ${name}`}
          disabledReason={abilityReason(can, "RENEW_SUBSCRIPTION")}
        >
          {t`Renew`}
        </ActionLink>
      )}
    </div>
  );
}
