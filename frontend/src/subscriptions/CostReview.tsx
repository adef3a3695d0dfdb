import { Badge, makeStyles, tokens } from "@fluentui/react-components";
import { Plural, Trans } from "@lingui/react/macro";
import type { CostFactsFragment } from "../gql/graphql";
import { useFormats } from "../ui/format";

/** What was done, in the server's words. */
export type Done = {
  before: number;
  after: number;
  cost: CostFactsFragment | undefined;
  /** Users without a valid license, at the renewal when it is made then. */
  shortfall: number;
  /** The renewal that makes the change; undefined when it is made already. */
  renewal?: string;
};

const useStyles = makeStyles({
  facts: {
    display: "grid",
    gridTemplateColumns: "max-content minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalM,
    margin: 0,
    "@media (max-width: 480px)": { gridTemplateColumns: "minmax(0, 1fr)", rowGap: tokens.spacingVerticalXS },
  },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, fontVariantNumeric: "tabular-nums" },
  amount: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
});

/** The change as it was made, or will be: total, monthly cost, what was charged, what is left of the conflict. */
export function CostReview({ before, after, cost, shortfall, renewal }: Done) {
  const styles = useStyles();
  const { number, day, money, moneyChange } = useFormats();
  return (
    <dl className={styles.facts}>
      {cost && (
        <>
          <dt className={styles.term}>
            <Trans>New monthly cost</Trans>
          </dt>
          <dd className={styles.amount}>{money(cost.newMonthly)}</dd>
          <dt className={styles.term}>
            <Trans>Before</Trans>
          </dt>
          <dd className={styles.value}>
            {money(cost.currentMonthly)} ({moneyChange(cost.difference)})
          </dd>
          <dt className={styles.term}>
            <Trans>Charged now</Trans>
          </dt>
          <dd className={styles.value}>{money(cost.chargedNow)}</dd>
        </>
      )}
      {renewal && (
        <>
          <dt className={styles.term}>
            <Trans>From</Trans>
          </dt>
          <dd className={styles.value}>
            <Trans>{day(renewal)}, the next renewal</Trans>
          </dd>
        </>
      )}
      <dt className={styles.term}>
        <Trans>Licenses</Trans>
      </dt>
      <dd className={styles.value}>{before === after ? number(after) : `${number(before)} → ${number(after)}`}</dd>
      {(!renewal || shortfall > 0) && (
        <>
          <dt className={styles.term}>{renewal ? <Trans>License conflict then</Trans> : <Trans>License conflict</Trans>}</dt>
          <dd className={styles.value}>
            {shortfall === 0 ? (
              <Badge appearance="tint" color="success">
                <Trans>None</Trans>
              </Badge>
            ) : (
              <Plural value={shortfall} one="# user needs a valid license" other="# users need a valid license" />
            )}
          </dd>
        </>
      )}
    </dl>
  );
}
