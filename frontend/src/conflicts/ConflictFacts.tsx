import { makeStyles, tokens } from "@fluentui/react-components";
import { plural } from "@lingui/core/macro";
import { Plural, useLingui } from "@lingui/react/macro";
import { readFragment } from "../gql/fragment-masking";
import { type ConflictFactsFragment, PoolRowFragmentDoc, SubscriptionFactsFragmentDoc } from "../gql/graphql";
import { useSubscriptionNames } from "../subscriptions/names";
import { SubscriptionFigures } from "../subscriptions/SubscriptionFigures";
import { useFormats } from "../ui/format";
import { useReasonText } from "./ConflictStatus";
import { Facts } from "./Facts";

const useStyles = makeStyles({
  subscriptions: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    margin: 0,
    padding: 0,
    listStyle: "none",
  },
});

/** What opened the conflict, how much is missing, and the subscriptions behind it. */
export function ConflictFacts({ conflict }: { conflict: ConflictFactsFragment }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const { reason, openedAt, shortfall, affectedServiceCount: services } = conflict;
  const { valid, assigned } = readFragment(PoolRowFragmentDoc, conflict.pool);
  return (
    <Facts
      facts={[
        [t`Reason`, useReasonText(reason, openedAt)],
        [
          t`Missing`,
          <strong key="missing">
            <Plural value={shortfall} one="# user needs a valid license" other="# users need a valid license" />
          </strong>,
        ],
        [t`Licenses`, t`${number(valid)} valid, ${number(assigned)} assigned`],
        [t`Affected`, t`${plural(services, { one: "# service", other: "# services, counted once for each user" })}`],
        [t`Subscriptions`, <Subscriptions key="subscriptions" conflict={conflict} />],
      ]}
    />
  );
}

function Subscriptions({ conflict }: { conflict: ConflictFactsFragment }) {
  const styles = useStyles();
  const { t } = useLingui();
  const nameOf = useSubscriptionNames();
  const subscriptions = readFragment(SubscriptionFactsFragmentDoc, conflict.subscriptions);
  if (subscriptions.length === 0) return t`None`;
  return (
    <ul className={styles.subscriptions}>
      {subscriptions.map((subscription) => (
        <li key={subscription.id}>
          {nameOf(subscription, subscriptions)}
          <SubscriptionFigures subscription={subscription} />
        </li>
      ))}
    </ul>
  );
}
