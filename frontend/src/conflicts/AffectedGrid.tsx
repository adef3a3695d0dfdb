import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useOnChange } from "../api/changes";
import { AffectedUsersDocument } from "../gql/graphql";
import { narrow } from "../ui/CardTable";
import { EmptyState } from "../ui/EmptyState";
import { useFormats } from "../ui/format";
import { GridCell } from "../ui/grid/GridCell";
import { usePagedRows } from "../ui/grid/usePagedRows";
import type { RowControl } from "../ui/grid/useRovingRow";
import { VirtualGrid } from "../ui/grid/VirtualGrid";
import { QueryError } from "../ui/QueryError";
import { AffectedServices } from "./AffectedServices";
import type { AffectedUser } from "./affectedUser";
import { keepsNothing } from "./deadlines";

type AffectedGridProps = { conflict: string; org: string };

const useStyles = makeStyles({
  row: {
    gridTemplateColumns: "minmax(0, 1.1fr) minmax(0, 1.7fr) minmax(0, 0.8fr) minmax(0, 1.5fr) minmax(0, 0.8fr) minmax(0, 0.95fr)",
    [narrow]: {
      gridTemplateColumns: "minmax(0, 1fr)",
      alignContent: "center",
      "& > *:nth-child(2), & > *:nth-child(3)": { display: "none" },
    },
  },
  name: {
    justifyContent: "flex-start",
    maxWidth: "100%",
    minWidth: 0,
    paddingInline: tokens.spacingHorizontalXS,
    marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalXS})`,
  },
  ellipsis: { overflow: "hidden", textOverflow: "ellipsis" },
});

/** Whom the conflict affects, who is affected first at the top; a name opens the days of each service. */
export function AffectedGrid({ conflict, org }: AffectedGridProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const [shown, show] = useState<AffectedUser>();
  const rows = usePagedRows({
    document: AffectedUsersDocument,
    variables: { conflict },
    connectionOf: ({ node }) => (node?.__typename === "Conflict" ? node.affectedUsers : undefined),
  });
  useOnChange(rows.readAgain);
  return (
    <>
      {rows.error && <QueryError error={rows.error} onRetry={rows.readAgain} />}
      <VirtualGrid
        label={t`Who needs a valid license`}
        className={styles.row}
        columns={[
          { name: t`Name` },
          { name: t`Username` },
          { name: t`License since` },
          { name: t`Services` },
          { name: t`Access until` },
          { name: t`Data kept until` },
        ]}
        rows={rows}
        onRowClick={(row) => show(row)}
        empty={<EmptyState title={t`Nobody is affected`} />}
      >
        {(row, _, control) => <AffectedCells row={row} control={control} />}
      </VirtualGrid>
      {shown && <AffectedServices affected={shown} org={org} onClose={() => show(undefined)} />}
    </>
  );
}

function AffectedCells({ row, control }: { row: AffectedUser; control: RowControl }) {
  const styles = useStyles();
  const { t, i18n } = useLingui();
  const { day } = useFormats();
  const { user, assignedAt, services } = row;
  const names = new Intl.ListFormat(i18n.locale, { type: "unit" }).format(services.map(({ plan }) => plan.name));
  const first = (days: string[]) => {
    const [earliest] = days.toSorted();
    return earliest ? day(earliest) : "–";
  };
  return (
    <>
      <GridCell>
        <Button appearance="transparent" className={styles.name} aria-haspopup="dialog" {...control}>
          <Text weight="semibold" className={styles.ellipsis}>
            {user.displayName}
          </Text>
        </Button>
      </GridCell>
      <GridCell secondary>{user.userPrincipalName}</GridCell>
      <GridCell secondary>{day(assignedAt)}</GridCell>
      <GridCell>
        <span title={names}>{names || t`None: other licenses cover them`}</span>
      </GridCell>
      <GridCell secondary label={t`Access until`}>
        {first(services.map(({ accessUntil }) => accessUntil))}
      </GridCell>
      <GridCell secondary label={t`Data kept until`}>
        {first(services.filter((service) => !keepsNothing(service)).map(({ dataKeptUntil }) => dataKeptUntil))}
      </GridCell>
    </>
  );
}
