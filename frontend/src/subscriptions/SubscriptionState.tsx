import { Badge, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import type { SubscriptionState as State, SubscriptionFactsFragment } from "../gql/graphql";
import { useFormats } from "../ui/format";

const colors = { ACTIVE: "success", EXPIRED: "warning", DISABLED: "danger", DELETED: "informative" } as const;

const useStyles = makeStyles({
  state: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  until: { color: tokens.colorNeutralForeground2 },
});

/** Where a subscription is in its life and what comes next. */
export function SubscriptionState({ subscription }: { subscription: SubscriptionFactsFragment }) {
  const styles = useStyles();
  return (
    <span className={styles.state}>
      <Badge appearance="tint" color={colors[subscription.state]}>
        {useStateNames()[subscription.state]}
      </Badge>
      <Text size={200} className={styles.until}>
        {useNextText(subscription)}
      </Text>
    </span>
  );
}

export function useStateNames(): Record<State, string> {
  const { t } = useLingui();
  return { ACTIVE: t`Active`, EXPIRED: t`Expired`, DISABLED: t`Disabled`, DELETED: t`Deleted` };
}

function useNextText({ state, autoRenew, termEnd, accessUntil, deletedOn }: SubscriptionFactsFragment): string {
  const { t } = useLingui();
  const { day } = useFormats();
  const end = day(termEnd);
  if (state === "ACTIVE") return autoRenew ? t`Renews on ${end}` : t`Ends on ${end}`;
  if (state === "EXPIRED" && accessUntil) return t`Since ${end}, users have access until ${day(accessUntil)}`;
  if (state === "DISABLED" && deletedOn) return t`Users have no access, data is deleted on ${day(deletedOn)}`;
  return t`Since ${end}`;
}
