import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { readFragment } from "../gql/fragment-masking";
import { CostFactsFragmentDoc, type ResolutionFactsFragment } from "../gql/graphql";
import { useFormats } from "../ui/format";
import { Facts } from "./Facts";

type ResolutionFiguresProps = { resolution: ResolutionFactsFragment; shortfall: number };

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2, marginInlineStart: tokens.spacingHorizontalS },
});

/** How much of the conflict a resolution ends and, for those who may see it, what it costs. */
export function ResolutionFigures({ resolution, shortfall }: ResolutionFiguresProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { number, money, moneyChange } = useFormats();
  const cost = readFragment(CostFactsFragmentDoc, resolution.cost);
  const covered = number(resolution.resolves);
  return (
    <Facts
      facts={[
        [t`Covers`, t`${covered} of ${plural(shortfall, { one: "# missing license", other: "# missing licenses" })}`],
        cost
          ? [
              t`Cost a month`,
              <span key="cost">
                <strong>{moneyChange(cost.difference)}</strong>
                {cost.newMonthly.amount !== cost.currentMonthly.amount && (
                  <Text size={200} className={styles.quiet}>
                    <Trans>
                      {money(cost.newMonthly)} instead of {money(cost.currentMonthly)}
                    </Trans>
                  </Text>
                )}
              </span>,
            ]
          : undefined,
        cost ? [t`Charged now`, money(cost.chargedNow)] : undefined,
      ]}
    />
  );
}
