import { mergeClasses, Table, TableBody, TableHeader, TableRow } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { LicensesPageQuery } from "../gql/graphql";
import { ColumnHeader, useCardTableStyles } from "../ui/CardTable";
import { useKeptFocus } from "../ui/useKeptFocus";
import { useLicensesColumns } from "./licensesColumns";
import { PoolRow } from "./PoolRow";
import { keepOrder, sortPools } from "./poolOrder";

type Pool = NonNullable<NonNullable<NonNullable<LicensesPageQuery["licensePools"]["edges"]>[number]>["node"]>;

type LicensesTableProps = {
  pools: Pool[];
  /** Whether a conflict is open anywhere in the organization: only then there is a Status column, the last one. */
  withStatus: boolean;
  org: string;
};

export function LicensesTable({ pools, withStatus, org }: LicensesTableProps) {
  const { t, i18n } = useLingui();
  const table = useCardTableStyles();
  const columns = useLicensesColumns();
  const order = useStableOrder(sortPools(pools, i18n.locale));
  const focus = useKeptFocus();
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  return (
    <Table noNativeElements aria-label={t`Licenses`} {...focus}>
      <TableHeader className={table.header}>
        <TableRow className={mergeClasses(table.row, columns.columns)}>
          <ColumnHeader>{t`Product`}</ColumnHeader>
          <ColumnHeader numeric>{t`Valid`}</ColumnHeader>
          <ColumnHeader numeric>{t`Assigned`}</ColumnHeader>
          <ColumnHeader numeric>{t`Available`}</ColumnHeader>
          <ColumnHeader numeric>{t`Subscriptions`}</ColumnHeader>
          {withStatus && <ColumnHeader className={columns.status}>{t`Status`}</ColumnHeader>}
        </TableRow>
      </TableHeader>
      <TableBody>
        {order.map((id) => {
          const pool = byId.get(id);
          return pool && <PoolRow key={id} pool={pool} withStatus={withStatus} org={org} />;
        })}
      </TableBody>
    </Table>
  );
}

function useStableOrder(sorted: string[]): string[] {
  const [shown, setShown] = useState(sorted);
  const order = keepOrder(shown, sorted);
  if (order.join() !== shown.join()) setShown(order);
  return order;
}
