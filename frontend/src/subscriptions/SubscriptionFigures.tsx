import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { Plural, Trans } from "@lingui/react/macro";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { useFormats } from "../ui/format";
import { SubscriptionState } from "./SubscriptionState";

const useStyles = makeStyles({
  figures: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
  },
});

/** Total, price and state on one line. */
export function SubscriptionFigures({ subscription }: { subscription: SubscriptionFactsFragment }) {
  const { money } = useFormats();
  const price = subscription.pricePerLicense;
  return (
    <div className={useStyles().figures}>
      <Text>
        <Plural value={subscription.totalLicenses} one="# license" other="# licenses" />
      </Text>
      {price && (
        <Text>
          <Trans>{money(price)} per license and month</Trans>
        </Text>
      )}
      <SubscriptionState subscription={subscription} />
    </div>
  );
}
