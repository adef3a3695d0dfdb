import { Badge, Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import type { UserRowFragment } from "../gql/graphql";
import { narrow } from "../ui/CardTable";
import { useFormats } from "../ui/format";
import { GridCell } from "../ui/grid/GridCell";
import type { RowControl } from "../ui/grid/useRovingRow";
import { VirtualGrid } from "../ui/grid/VirtualGrid";
import { NoUsers } from "./NoUsers";
import { UserTools } from "./UserTools";
import { useUsers } from "./useUsers";

type UserGridProps = { search: string; onSearch: (text: string) => void; onOpen: (id: string) => void };

const useStyles = makeStyles({
  row: {
    gridTemplateColumns: "minmax(0, 1.2fr) minmax(0, 1.4fr) minmax(0, 1.8fr) minmax(0, 0.8fr) minmax(0, 0.7fr)",
    [narrow]: { gridTemplateColumns: "minmax(0, 1fr)", alignContent: "center", "& > *:nth-child(4)": { display: "none" } },
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

/** Everybody in the organization. A name opens the panel. */
export function UserGrid({ search, onSearch, onOpen }: UserGridProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const rows = useUsers(search, false);
  return (
    <>
      <UserTools rows={rows} search={search} onSearch={onSearch} />
      <VirtualGrid
        label={t`Users`}
        className={styles.row}
        columns={[
          { name: t`Name` },
          { name: t`Username` },
          { name: t`Licenses` },
          { name: t`Department` },
          { name: t`Last active` },
        ]}
        rows={rows}
        onRowClick={({ id }) => onOpen(id)}
        empty={<NoUsers search={search} onSearch={onSearch} none={t`There are no users yet`} />}
      >
        {(user, _, control) => <UserCells user={user} control={control} />}
      </VirtualGrid>
    </>
  );
}

function UserCells({ user, control }: { user: UserRowFragment; control: RowControl }) {
  const styles = useStyles();
  const { t } = useLingui();
  const { day } = useFormats();
  return (
    <>
      <GridCell>
        <Button appearance="transparent" className={styles.name} aria-haspopup="dialog" {...control}>
          <Text weight="semibold" className={styles.ellipsis}>
            {user.displayName}
          </Text>
        </Button>
        {user.signInBlocked && (
          <Badge appearance="tint" color="subtle">
            <Trans>Blocked</Trans>
          </Badge>
        )}
      </GridCell>
      <GridCell secondary>{user.userPrincipalName}</GridCell>
      <GridCell>
        <LicenseNames user={user} />
      </GridCell>
      <GridCell secondary>{user.department}</GridCell>
      <GridCell secondary label={t`Last active`}>
        {user.lastActiveOn ? day(user.lastActiveOn) : t`Never`}
      </GridCell>
    </>
  );
}

function LicenseNames({ user: { licenses } }: { user: UserRowFragment }) {
  const { i18n } = useLingui();
  const unbacked = licenses.some(({ backed }) => !backed);
  return (
    <>
      {unbacked && (
        <>
          <Badge appearance="tint" color="warning">
            <Trans>In conflict</Trans>
          </Badge>{" "}
        </>
      )}
      {new Intl.ListFormat(i18n.locale, { type: "unit" }).format(licenses.map(({ product }) => product.name))}
    </>
  );
}
