import { makeStyles, mergeClasses, TableRow, Text, tokens } from "@fluentui/react-components";
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ConflictActions } from "../conflicts/ConflictActions";
import { ConflictStatus } from "../conflicts/ConflictStatus";
import { WaysLink } from "../conflicts/WaysLink";
import { type FragmentType, readFragment } from "../gql/fragment-masking";
import { PoolRowFragmentDoc } from "../gql/graphql";
import { Cell, useCardTableStyles } from "../ui/CardTable";
import { useFormats } from "../ui/format";
import { useArrival } from "../ui/useArrival";
import { AlertsLink } from "./AlertsLink";
import { useLicensesColumns } from "./licensesColumns";

type PoolRowProps = { pool: FragmentType<typeof PoolRowFragmentDoc>; withStatus: boolean; org: string };

const useStyles = makeStyles({
  link: { color: tokens.colorBrandForegroundLink, textDecoration: "none", ":hover": { textDecoration: "underline" } },
  product: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalXS },
  resolving: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalM,
  },
});

/** One product's licenses; with the conflict and what ends it, where there is one. */
export function PoolRow({ pool: reference, withStatus, org }: PoolRowProps) {
  const pool = readFragment(PoolRowFragmentDoc, reference);
  const styles = useStyles();
  const table = useCardTableStyles();
  const columns = useLicensesColumns();
  const { t } = useLingui();
  const { number } = useFormats();
  const { name } = pool.product;
  const count = pool.subscriptions.length;
  return (
    <TableRow ref={useArrival(pool.product.id)} tabIndex={-1} className={mergeClasses(table.row, columns.columns)}>
      <Cell wide>
        <div className={styles.product}>
          <Text weight="semibold">{name}</Text>
          <AlertsLink pool={pool} org={org} />
        </div>
      </Cell>
      <Cell numeric label={t`Valid`}>
        {number(pool.valid)}
      </Cell>
      <Cell numeric label={t`Assigned`}>
        {number(pool.assigned)}
      </Cell>
      <Cell numeric label={t`Available`}>
        {number(pool.available)}
      </Cell>
      <Cell numeric label={t`Subscriptions`}>
        <Link
          to="/o/$org/subscriptions"
          params={{ org }}
          search={{ pool: pool.id }}
          className={styles.link}
          aria-label={t`${plural(count, { one: "# subscription", other: "# subscriptions" })}: ${name}`}
        >
          {number(count)}
        </Link>
      </Cell>
      {withStatus && (
        <Cell wide className={columns.status}>
          {pool.conflict && (
            <div className={styles.resolving}>
              <ConflictStatus {...pool.conflict}>
                <WaysLink conflict={pool.conflict.id} product={name} org={org} />
              </ConflictStatus>
              <ConflictActions pool={pool} reason={pool.conflict.reason} org={org} />
            </div>
          )}
        </Cell>
      )}
    </TableRow>
  );
}
