import { Badge, Button, Checkbox, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import { useOnChange } from "../api/changes";
import { HoldersDocument, type HoldersQuery, type PoolToRemoveFromFragment } from "../gql/graphql";
import { narrow } from "../ui/CardTable";
import { EmptyState } from "../ui/EmptyState";
import { useFormats } from "../ui/format";
import { GridCell } from "../ui/grid/GridCell";
import { SearchField } from "../ui/grid/SearchField";
import { usePagedRows } from "../ui/grid/usePagedRows";
import type { RowControl } from "../ui/grid/useRovingRow";
import { VirtualGrid } from "../ui/grid/VirtualGrid";
import { QueryError } from "../ui/QueryError";

type Holders = Extract<NonNullable<HoldersQuery["node"]>, { __typename: "LicensePool" }>["assignments"];
type Holder = Holders["nodes"][number];

type HolderGridProps = {
  pool: PoolToRemoveFromFragment;
  selected: ReadonlyMap<string, string>;
  search: string;
  onSearch: (text: string) => void;
  onToggle: (id: string, name: string) => void;
  /** All rows from one to another, the ends included. */
  onAdd: (from: number, to: number) => void;
};

const useStyles = makeStyles({
  tools: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
  },
  count: { marginInlineStart: "auto", color: tokens.colorNeutralForeground2 },
  row: {
    gridTemplateColumns: "40px minmax(0, 1.2fr) minmax(0, 1.5fr) minmax(0, 0.8fr) minmax(0, 0.8fr)",
    [narrow]: { gridTemplateColumns: "40px minmax(0, 1fr)", alignContent: "center", "& > *:nth-child(n+3)": { gridColumn: 2 } },
  },
  name: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, minWidth: 0 },
  ellipsis: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  box: { marginInline: "-8px" },
});

/** Everybody who holds the license, each with a box to tick; the server searches and pages. */
export function HolderGrid({ pool, selected, search, onSearch, onToggle, onAdd }: HolderGridProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const rows = usePagedRows({
    document: HoldersDocument,
    variables: { pool: pool.id, search },
    connectionOf: ({ node }) => (node?.__typename === "LicensePool" ? node.assignments : undefined),
  });
  useOnChange(rows.readAgain);
  const anchor = useRef<number>(undefined);
  const tick = ({ user }: Holder, index: number, extend: boolean) => {
    if (extend && anchor.current !== undefined) {
      onAdd(Math.min(anchor.current, index), Math.max(anchor.current, index));
    } else {
      onToggle(user.id, user.displayName);
    }
    anchor.current = index;
  };
  const all = rows.count ? () => onAdd(0, (rows.count ?? 1) - 1) : undefined;
  return (
    <>
      <div className={styles.tools}>
        <SearchField label={t`Search users`} value={search} onSearch={onSearch} />
        {all && (
          <Button onClick={all} appearance="subtle">
            {search ? <Trans>Select all found</Trans> : <Trans>Select all</Trans>}
          </Button>
        )}
        <Text className={styles.count}>
          {rows.count !== undefined && <Plural value={rows.count} one="# user" other="# users" />}
        </Text>
      </div>
      {rows.error && <QueryError error={rows.error} onRetry={rows.readAgain} />}
      <VirtualGrid
        label={t`Users with this license`}
        className={styles.row}
        columns={[
          { name: t`Selected`, hidden: true },
          { name: t`Name` },
          { name: t`Username` },
          { name: t`Last active` },
          { name: t`License since` },
        ]}
        rows={rows}
        isSelected={({ user }) => selected.has(user.id)}
        onRowClick={tick}
        onExtend={(from, to) => onAdd(Math.min(from, to), Math.max(from, to))}
        onSelectAll={all}
        empty={
          <EmptyState title={search ? t`Nobody of this name holds the license` : t`Nobody holds this license`}>
            {search && (
              <Button onClick={() => onSearch("")}>
                <Trans>Show all users</Trans>
              </Button>
            )}
          </EmptyState>
        }
      >
        {(holder, _, control) => <HolderCells holder={holder} checked={selected.has(holder.user.id)} control={control} />}
      </VirtualGrid>
    </>
  );
}

type HolderCellsProps = { holder: Holder; checked: boolean; control: RowControl };

function HolderCells({ holder: { user, backed, assignedAt }, checked, control }: HolderCellsProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { day } = useFormats();
  return (
    <>
      <GridCell>
        <Checkbox className={styles.box} checked={checked} aria-label={user.displayName} {...control} />
      </GridCell>
      <GridCell>
        <span className={styles.name}>
          <Text weight="semibold" className={styles.ellipsis}>
            {user.displayName}
          </Text>
          {!backed && (
            <Badge appearance="tint" color="warning" title={t`No valid license is left for this user`}>
              <Trans>In conflict</Trans>
            </Badge>
          )}
        </span>
      </GridCell>
      <GridCell secondary>{user.userPrincipalName}</GridCell>
      <GridCell secondary label={t`Last active`}>
        {user.lastActiveOn ? day(user.lastActiveOn) : t`Never`}
      </GridCell>
      <GridCell secondary label={t`License since`}>
        {day(assignedAt)}
      </GridCell>
    </>
  );
}
