import { makeStyles } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { type ResolutionFactsFragment, ResolutionUsersDocument, type ResolutionUsersQuery } from "../gql/graphql";
import { narrow } from "../ui/CardTable";
import { EmptyState } from "../ui/EmptyState";
import { useFormats } from "../ui/format";
import { GridCell } from "../ui/grid/GridCell";
import { usePagedRows } from "../ui/grid/usePagedRows";
import type { RowControl } from "../ui/grid/useRovingRow";
import { VirtualGrid } from "../ui/grid/VirtualGrid";
import { QueryError } from "../ui/QueryError";
import { UserLink } from "./UserLink";

type Resolution = Extract<NonNullable<ResolutionUsersQuery["node"]>, { __typename: "Conflict" }>["resolutions"][number];
type ProposedUser = Resolution["users"]["nodes"][number];

type ProposedUserGridProps = { conflict: string; resolution: ResolutionFactsFragment; org: string };

const useStyles = makeStyles({
  row: {
    gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1.5fr) minmax(0, 0.7fr) minmax(0, 1.9fr)",
    [narrow]: {
      gridTemplateColumns: "minmax(0, 1fr)",
      alignContent: "center",
      "& > *:nth-child(3)": { display: "none" },
    },
  },
  twoLines: {
    display: "-webkit-box",
    overflow: "hidden",
    whiteSpace: "normal",
    WebkitLineClamp: 2,
    WebkitBoxOrient: "vertical",
  },
});

/** The evidence: a row a user, pages of 100. */
export function ProposedUserGrid({ conflict, resolution: { id, dataLoss, steps }, org }: ProposedUserGridProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const rows = usePagedRows({
    document: ResolutionUsersDocument,
    variables: { conflict },
    connectionOf: ({ node }) =>
      node?.__typename === "Conflict" ? node.resolutions.find((resolution) => resolution.id === id)?.users : undefined,
  });
  const moves = steps.some(({ kind }) => kind === "MOVE");
  const effect = moves && dataLoss ? t`Gets or loses` : moves ? t`Gets instead` : t`Loses`;
  return (
    <>
      {rows.error && <QueryError error={rows.error} onRetry={rows.readAgain} />}
      <VirtualGrid
        label={t`Users to take the license from`}
        className={styles.row}
        columns={[{ name: t`Name` }, { name: t`Why` }, { name: t`License since` }, { name: effect }]}
        rows={rows}
        empty={<EmptyState title={t`No users`} />}
      >
        {(row, _, control) => <ProposedUserCells row={row} org={org} control={control} />}
      </VirtualGrid>
    </>
  );
}

function ProposedUserCells({ row, org, control }: { row: ProposedUser; org: string; control: RowControl }) {
  const styles = useStyles();
  const { t } = useLingui();
  const { day } = useFormats();
  const effect = useEffectText(row);
  return (
    <>
      <GridCell>
        <UserLink user={row.user} org={org} control={control} />
      </GridCell>
      <GridCell>
        <span className={styles.twoLines} title={row.reason}>
          {row.reason}
        </span>
      </GridCell>
      <GridCell secondary label={t`License since`}>
        {day(row.assignedAt)}
      </GridCell>
      <GridCell secondary>
        <span className={styles.twoLines} title={effect}>
          {effect}
        </span>
      </GridCell>
    </>
  );
}

/** What the user gets, or loses and when. */
function useEffectText({ movesTo, losses }: ProposedUser): string {
  const { t, i18n } = useLingui();
  const { day } = useFormats();
  if (movesTo) return t`Gets ${movesTo.name}`;
  if (losses.length === 0) return t`Nothing`;
  const kept = losses.filter(({ plan }) => plan.retentionDays > 0).map(({ due }) => due);
  const [first] = kept.toSorted();
  const names = new Intl.ListFormat(i18n.locale, { type: "unit" }).format(losses.map(({ plan }) => plan.name));
  return first ? t`${names}; data is deleted from ${day(first)}` : names;
}
