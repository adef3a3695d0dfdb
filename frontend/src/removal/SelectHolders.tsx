import { MessageBar, MessageBarBody, makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useClient } from "urql";
import type { PoolToRemoveFromFragment } from "../gql/graphql";
import { ActionButton, ActionLink } from "../ui/Actions";
import { useAnnounce } from "../ui/Announcer";
import { abilityReason } from "../ui/abilities";
import { Card } from "../ui/Card";
import { HolderGrid } from "./HolderGrid";
import { loadHolders } from "./loadHolders";
import { choose, type RemovalDraft } from "./removalDraft";
import { SelectedUsers } from "./SelectedUsers";

const route = getRouteApi("/o/$org/licenses/$pool/remove");

type SelectHoldersProps = { pool: PoolToRemoveFromFragment; draft: RemovalDraft; org: string };

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) minmax(240px, 300px)",
    alignItems: "start",
    gap: tokens.spacingHorizontalL,
    "@media (max-width: 1100px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  actions: { display: "flex", justifyContent: "flex-end", gap: tokens.spacingHorizontalS },
});

/** The first step: who shall lose the license. Nobody is chosen beforehand. */
export function SelectHolders({ pool, draft, org }: SelectHoldersProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const navigate = route.useNavigate();
  const { q = "" } = route.useSearch();
  const { toggle, add, loading, failed } = useSelection(pool, draft, q);
  const denied = abilityReason(pool.can, "REMOVE_LICENSES");
  const disabledReason = denied ?? (draft.users.size === 0 ? t`Select at least one user` : undefined);
  return (
    <>
      {denied !== undefined && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{denied}</MessageBarBody>
        </MessageBar>
      )}
      {failed && (
        <MessageBar intent="error" role="alert">
          <MessageBarBody>
            <Trans>Not all of these users could be selected. Try again.</Trans>
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.columns}>
        <Card>
          <HolderGrid
            pool={pool}
            selected={draft.users}
            search={q}
            onSearch={(text) => navigate({ search: text ? { q: text } : {}, replace: true, resetScroll: false })}
            onToggle={toggle}
            onAdd={add}
          />
          {loading && <ProgressBar value={loading.done} max={loading.of} aria-label={t`Selecting users`} />}
        </Card>
        <SelectedUsers users={draft.users} shortfall={pool.shortfall} onRemove={(user) => toggle(user, "")} />
      </div>
      <div className={styles.actions}>
        <ActionLink to="/o/$org/licenses" params={{ org }} state={{ product: pool.product.id }}>
          <Trans>Cancel</Trans>
        </ActionLink>
        <ActionButton
          appearance="primary"
          disabledReason={disabledReason}
          onClick={() => navigate({ search: { step: "review" } })}
          aria-label={draft.users.size ? t`Next: ${plural(draft.users.size, { one: "# user", other: "# users" })}` : t`Next`}
        >
          <Trans>Next</Trans>
        </ActionButton>
      </div>
    </>
  );
}

/** Changes the choice and says what it amounts to. */
function useSelection(pool: PoolToRemoveFromFragment, draft: RemovalDraft, search: string) {
  const client = useClient();
  const announce = useAnnounce();
  const { t } = useLingui();
  const [loading, setLoading] = useState<{ done: number; of: number }>();
  const [failed, setFailed] = useState(false);

  const select = (users: Map<string, string>) => {
    choose(pool.id, users);
    const left = Math.max(0, pool.shortfall - users.size);
    announce(t`${users.size} selected, ${left} more to resolve`);
  };
  const toggle = (id: string, name: string) => {
    const users = new Map(draft.users);
    if (!users.delete(id)) users.set(id, name);
    select(users);
  };
  const add = async (from: number, to: number) => {
    setFailed(false);
    setLoading({ done: 0, of: to - from + 1 });
    try {
      const found = await loadHolders(client, { pool: pool.id, search, from, to }, (done) =>
        setLoading({ done, of: to - from + 1 }),
      );
      select(new Map([...draft.users, ...found]));
    } catch {
      setFailed(true);
    } finally {
      setLoading(undefined);
    }
  };
  return { toggle, add, loading, failed };
}
