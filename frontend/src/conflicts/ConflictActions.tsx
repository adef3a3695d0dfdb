import { makeStyles, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import type { ConflictReason, PoolRowFragment } from "../gql/graphql";
import { ActionLink } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { useViewer } from "../ui/viewer";

type ConflictActionsProps = { pool: PoolRowFragment; reason: ConflictReason; org: string };

const useStyles = makeStyles({
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, "& > *": { minWidth: "auto" } },
});

/** What ends the conflict. What this person may not do stays in its place and says why. */
export function ConflictActions({ pool, reason, org }: ConflictActionsProps) {
  const { t } = useLingui();
  const { name } = pool.product;
  const viewer = useViewer();
  const raisable = pool.subscriptions.some(({ state }) => state === "ACTIVE");
  return (
    <div className={useStyles().actions}>
      <ActionLink
        to="/o/$org/subscriptions"
        params={{ org }}
        search={{ pool: pool.id, intent: "buy" }}
        appearance="primary"
        aria-label={t`Buy more: ${name}`}
        disabledReason={
          raisable ? abilityReason(pool.can, "BUY_LICENSES") : abilityReason(viewer?.can ?? [], "PURCHASE_SUBSCRIPTION")
        }
      >
        {t`Buy more`}
      </ActionLink>
      <ActionLink
        to="/o/$org/licenses/$pool/remove"
        params={{ org, pool: pool.id }}
        aria-label={t`Remove: ${name}`}
        disabledReason={abilityReason(pool.can, "REMOVE_LICENSES")}
      >
        {t`Remove`}
      </ActionLink>
      {reason === "SUBSCRIPTION_EXPIRED" && <RenewAction pool={pool} org={org} />}
    </div>
  );
}

/** One expired subscription is renewed right here; of several, the person chooses. */
function RenewAction({ pool, org }: Omit<ConflictActionsProps, "reason">) {
  const { t } = useLingui();
  const renewable = pool.subscriptions.filter(({ state }) => state === "EXPIRED" || state === "DISABLED");
  const [only, ...others] = renewable;
  if (!only) return null;
  const target = others.length
    ? ({ to: "/o/$org/subscriptions", search: { pool: pool.id, intent: "renew" } } as const)
    : ({ to: "/o/$org/licenses", search: { renew: only.id } } as const);
  return (
    <ActionLink
      {...target}
      params={{ org }}
      aria-label={t`Renew: ${pool.product.name}`}
      disabledReason={abilityReason(only.can, "RENEW_SUBSCRIPTION")}
    >
      {t`Renew`}
    </ActionLink>
  );
}
