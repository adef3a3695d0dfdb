import { Badge, makeStyles, Text, tokens, typographyStyles } from "@fluentui/react-components";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { ConflictFactsFragment } from "../gql/graphql";
import { useSubscriptionNames } from "../subscriptions/names";
import { ActionLink } from "../ui/Actions";
import { Card } from "../ui/Card";
import { useFormats } from "../ui/format";
import { Facts } from "./Facts";
import type { ResolutionOutcome } from "./resolutionOutcome";

type ResolutionDoneProps = { conflict: ConflictFactsFragment; outcome: ResolutionOutcome; org: string };

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: tokens.spacingVerticalL },
  heading: { ...typographyStyles.subtitle1, margin: 0, outlineStyle: "none" },
});

/** What was done, in the server's figures. Focus goes to its heading, for the button that was pressed is gone. */
export function ResolutionDone({ conflict, outcome, org }: ResolutionDoneProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { number, money, moneyChange } = useFormats();
  const nameOf = useSubscriptionNames();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is done next is news as well
  useEffect(() => heading.current?.focus(), [outcome]);
  const { shortfall, removedCount, undone, subscription, cost } = outcome;
  return (
    <Card padded>
      <div className={styles.content}>
        <Text as="h2" block ref={heading} tabIndex={-1} className={styles.heading}>
          {undone ? <Trans>The removal was undone: the users have their licenses again.</Trans> : <Trans>It is done</Trans>}
        </Text>
        <Facts
          facts={[
            removedCount > 0 && !undone
              ? [t`Licenses removed from`, <Plural key="removed" value={removedCount} one="# user" other="# users" />]
              : undefined,
            subscription && [t`Subscription`, nameOf(subscription)],
            subscription && [t`Licenses`, number(subscription.totalLicenses)],
            subscription && cost && [t`New monthly cost`, `${money(cost.newMonthly)} (${moneyChange(cost.difference)})`],
            subscription && cost && [t`Charged now`, money(cost.chargedNow)],
            undone ? undefined : [t`License conflict`, <Left key="left" shortfall={shortfall} />],
          ]}
        />
        <ActionLink to="/o/$org/licenses" params={{ org }} state={{ product: conflict.product.id }} appearance="primary">
          <Trans>Done</Trans>
        </ActionLink>
      </div>
    </Card>
  );
}

function Left({ shortfall }: { shortfall: number }) {
  if (shortfall > 0) return <Plural value={shortfall} one="# user needs a valid license" other="# users need a valid license" />;
  return (
    <Badge appearance="tint" color="success">
      <Trans>None</Trans>
    </Badge>
  );
}
