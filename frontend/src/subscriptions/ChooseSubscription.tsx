import { makeStyles, mergeClasses, Radio, RadioGroup, Text, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { Page } from "../ui/Page";
import { useSubscriptionNames } from "./names";
import { ScheduledTotal } from "./ScheduledTotal";
import { SubscriptionActions } from "./SubscriptionActions";
import { SubscriptionFigures } from "./SubscriptionFigures";

type ChooseSubscriptionProps = { product: string; subscriptions: readonly SubscriptionFactsFragment[]; org: string };

const useStyles = makeStyles({
  options: { display: "flex", flexDirection: "column", alignItems: "stretch", maxWidth: "1000px", gap: tokens.spacingVerticalM },
  option: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    "@media (max-width: 600px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  chosen: { border: `${tokens.strokeWidthThin} solid ${tokens.colorBrandStroke1}`, boxShadow: tokens.shadow4 },
  facts: { display: "flex", flexDirection: "column" },
  scheduled: { paddingInlineStart: "36px" },
  figures: { paddingInlineStart: "36px", paddingBlockEnd: tokens.spacingVerticalS },
});

/** Several subscriptions of the product: which one shall change? The first active one is proposed. */
export function ChooseSubscription({ product, subscriptions, org }: ChooseSubscriptionProps) {
  const { t } = useLingui();
  const styles = useStyles();
  const [chosen, choose] = useState(() => (subscriptions.find(({ state }) => state === "ACTIVE") ?? subscriptions[0])?.id);
  return (
    <Page title={t`Subscriptions`} intro={<Text>{t`${product} has several subscriptions. Choose the one to change.`}</Text>}>
      <RadioGroup
        className={styles.options}
        value={chosen ?? ""}
        onChange={(_, { value }) => choose(value)}
        aria-label={t`Subscriptions for ${product}`}
      >
        {subscriptions.map((subscription) => (
          <Option
            key={subscription.id}
            subscription={subscription}
            among={subscriptions}
            chosen={subscription.id === chosen}
            org={org}
          />
        ))}
      </RadioGroup>
    </Page>
  );
}

type OptionProps = {
  subscription: SubscriptionFactsFragment;
  among: readonly SubscriptionFactsFragment[];
  chosen: boolean;
  org: string;
};

function Option({ subscription, among, chosen, org }: OptionProps) {
  const styles = useStyles();
  const name = useSubscriptionNames()(subscription, among);
  const factsId = useId();
  return (
    <div className={mergeClasses(styles.option, chosen && styles.chosen)}>
      <div className={styles.facts}>
        <Radio value={subscription.id} label={<Text weight="semibold">{name}</Text>} aria-describedby={factsId} />
        <div id={factsId} className={styles.figures}>
          <SubscriptionFigures subscription={subscription} />
        </div>
        <div className={styles.scheduled}>
          <ScheduledTotal subscription={subscription} name={name} />
        </div>
      </div>
      <SubscriptionActions subscription={subscription} name={name} org={org} changeable={chosen} prominent />
    </div>
  );
}
