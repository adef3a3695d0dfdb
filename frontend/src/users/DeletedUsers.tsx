import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import type { UserRowFragment } from "../gql/graphql";
import { ActionButton } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { narrow } from "../ui/CardTable";
import { useFormats } from "../ui/format";
import { GridCell } from "../ui/grid/GridCell";
import type { RowControl } from "../ui/grid/useRovingRow";
import { VirtualGrid } from "../ui/grid/VirtualGrid";
import { NoUsers } from "./NoUsers";
import { useRestoreUser } from "./restoreUser";
import { UserTools } from "./UserTools";
import { useUsers } from "./useUsers";

type DeletedUsersProps = { search: string; onSearch: (text: string) => void };

const restorableFor = 30 * 86_400_000;

const useStyles = makeStyles({
  row: {
    gridTemplateColumns: "minmax(0, 1.2fr) minmax(0, 1.5fr) minmax(0, 0.8fr) minmax(0, 0.8fr) 130px",
    [narrow]: { gridTemplateColumns: "minmax(0, 1fr) auto", alignContent: "center", "& > *:nth-child(-n+4)": { gridColumn: 1 } },
  },
  action: { overflow: "visible", paddingBlock: tokens.spacingVerticalXXS, [narrow]: { gridColumn: 2, gridRow: "1 / span 4" } },
});

/** Users that can still be brought back, with their licenses as far as there are any available. */
export function DeletedUsers({ search, onSearch }: DeletedUsersProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const rows = useUsers(search, true);
  const restore = useRestoreUser(rows.readAgain);
  return (
    <>
      <UserTools rows={rows} search={search} onSearch={onSearch} />
      <VirtualGrid
        label={t`Deleted users`}
        className={styles.row}
        columns={[
          { name: t`Name` },
          { name: t`Username` },
          { name: t`Deleted on` },
          { name: t`Restorable until` },
          { name: t`Actions`, hidden: true },
        ]}
        rows={rows}
        empty={<NoUsers search={search} onSearch={onSearch} none={t`No user has been deleted in the last 30 days`} />}
      >
        {(user, _, control) => <DeletedUserCells user={user} control={control} onRestore={() => restore(user)} />}
      </VirtualGrid>
    </>
  );
}

type DeletedUserCellsProps = { user: UserRowFragment; control: RowControl; onRestore: () => void };

function DeletedUserCells({ user, control, onRestore }: DeletedUserCellsProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { day } = useFormats();
  const deletedAt = user.deletedAt ?? "";
  return (
    <>
      <GridCell>
        <Text weight="semibold">{user.displayName}</Text>
      </GridCell>
      <GridCell secondary>{user.userPrincipalName}</GridCell>
      <GridCell secondary label={t`Deleted on`}>
        {deletedAt && day(deletedAt)}
      </GridCell>
      <GridCell secondary label={t`Restorable until`}>
        {deletedAt && day(new Date(Date.parse(deletedAt) + restorableFor).toISOString())}
      </GridCell>
      <GridCell className={styles.action}>
        <ActionButton
          size="small"
          aria-label={t`Restore ${user.displayName}`}
          disabledReason={abilityReason(user.can, "MANAGE_USERS")}
          onClick={onRestore}
          {...control}
        >
          <Trans>Restore</Trans>
        </ActionButton>
      </GridCell>
    </>
  );
}
