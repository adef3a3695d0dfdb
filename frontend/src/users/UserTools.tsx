import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { Plural, useLingui } from "@lingui/react/macro";
import type { UserRowFragment } from "../gql/graphql";
import { SearchField } from "../ui/grid/SearchField";
import type { PagedRows } from "../ui/grid/usePagedRows";
import { QueryError } from "../ui/QueryError";

type UserToolsProps = { rows: PagedRows<UserRowFragment>; search: string; onSearch: (text: string) => void };

const useStyles = makeStyles({
  tools: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
  },
  count: { marginInlineStart: "auto", color: tokens.colorNeutralForeground2 },
});

/** Above the users: the search, how many it has found, and what went wrong. */
export function UserTools({ rows, search, onSearch }: UserToolsProps) {
  const styles = useStyles();
  const { t } = useLingui();
  return (
    <>
      <div className={styles.tools}>
        <SearchField label={t`Search users`} value={search} onSearch={onSearch} />
        <Text className={styles.count}>
          {rows.count !== undefined && <Plural value={rows.count} one="# user" other="# users" />}
        </Text>
      </div>
      {rows.error && <QueryError error={rows.error} onRetry={rows.readAgain} />}
    </>
  );
}
