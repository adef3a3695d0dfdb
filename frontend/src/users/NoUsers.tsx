import { Button } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { EmptyState } from "../ui/EmptyState";

type NoUsersProps = { search: string; onSearch: (text: string) => void; none: string };

/** No rows: because of the search, which can be taken back, or because there are none. */
export function NoUsers({ search, onSearch, none }: NoUsersProps) {
  const { t } = useLingui();
  if (!search) return <EmptyState title={none} />;
  return (
    <EmptyState title={t`No user is called “${search}”`}>
      <Button onClick={() => onSearch("")}>
        <Trans>Show all users</Trans>
      </Button>
    </EmptyState>
  );
}
