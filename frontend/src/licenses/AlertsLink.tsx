import { Tooltip } from "@fluentui/react-components";
import { AlertOffRegular, AlertRegular } from "@fluentui/react-icons";
import { useLingui } from "@lingui/react/macro";
import type { PoolRowFragment } from "../gql/graphql";
import { ActionLink } from "../ui/Actions";

/** A product's bell: whether its alerts are on, and the way to set them. */
export function AlertsLink({ pool, org }: { pool: PoolRowFragment; org: string }) {
  const { t } = useLingui();
  const { alertsMuted } = pool;
  const { name } = pool.product;
  return (
    <Tooltip content={alertsMuted ? t`Alerts are off` : t`Alerts are on`} relationship="description" withArrow>
      <ActionLink
        to="/o/$org/licenses"
        params={{ org }}
        search={{ alerts: pool.id }}
        resetScroll={false}
        appearance="subtle"
        size="small"
        icon={alertsMuted ? <AlertOffRegular /> : <AlertRegular />}
        aria-label={t`Alerts: ${name}`}
      />
    </Tooltip>
  );
}
