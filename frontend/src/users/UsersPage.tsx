import { AddRegular } from "@fluentui/react-icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useId } from "react";
import { useQuery } from "urql";
import { UsersPageDocument } from "../gql/graphql";
import { ActionButton } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { Card } from "../ui/Card";
import { Page } from "../ui/Page";
import { Tabs } from "../ui/Tabs";
import { AddUserDialog } from "./AddUserDialog";
import { DeletedUsers } from "./DeletedUsers";
import { UserGrid } from "./UserGrid";
import { UserPanel } from "./UserPanel";

const route = getRouteApi("/o/$org/users");

/** The organization's users; one of them in a panel, with licenses and what is happening to their data. */
export function UsersPage() {
  const { t } = useLingui();
  const { org } = route.useParams();
  const { q = "", tab, user, add } = route.useSearch();
  const navigate = route.useNavigate();
  const [{ data }] = useQuery({ query: UsersPageDocument });
  const listId = useId();
  const can = data?.viewer.can ?? [];
  const search = { ...(q && { q }), ...(tab && { tab }) };
  const onSearch = (text: string) =>
    navigate({ search: { ...(tab && { tab }), ...(text && { q: text }) }, replace: true, resetScroll: false });
  return (
    <Page
      title={t`Users`}
      actions={
        <ActionButton
          appearance="primary"
          icon={<AddRegular />}
          disabledReason={abilityReason(can, "MANAGE_USERS")}
          onClick={() => navigate({ search: { ...search, add: true }, resetScroll: false })}
        >
          <Trans>Add user</Trans>
        </ActionButton>
      }
    >
      <Tabs
        label={t`Users`}
        tabs={[
          { value: "users", name: t`Users` },
          { value: "deleted", name: t`Deleted users` },
        ]}
        selected={tab ?? "users"}
        onSelect={(value) => navigate({ search: value === "deleted" ? { tab: "deleted" } : {}, resetScroll: false })}
        controls={listId}
      />
      <div id={listId} role="tabpanel" aria-label={tab ? t`Deleted users` : t`Users`}>
        <Card>
          {tab === "deleted" ? (
            <DeletedUsers search={q} onSearch={onSearch} />
          ) : (
            <UserGrid
              search={q}
              onSearch={onSearch}
              onOpen={(id) => navigate({ search: { ...search, user: id }, resetScroll: false })}
            />
          )}
        </Card>
      </div>
      {user && <UserPanel id={user} onClose={() => navigate({ search, resetScroll: false })} />}
      {add && <AddUserDialog org={org} onClose={() => navigate({ search, resetScroll: false })} />}
    </Page>
  );
}
