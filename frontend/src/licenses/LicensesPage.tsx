import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { Suspense } from "react";
import { useQuery } from "urql";
import { useOnChange } from "../api/changes";
import { ConflictNotice } from "../conflicts/ConflictNotice";
import { WaysLink } from "../conflicts/WaysLink";
import { LicensesPageDocument } from "../gql/graphql";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { LoadingRows } from "../ui/LoadingRows";
import { Page } from "../ui/Page";
import { QueryError } from "../ui/QueryError";
import { LicensesTable } from "./LicensesTable";
import { AlertsDialog, RenewDialog } from "./lazyDialogs";

const route = getRouteApi("/o/$org/licenses");

/** All licenses of the organization, a row a product; while a conflict is open, how to end it. */
export function LicensesPage() {
  const { t } = useLingui();
  const { org } = route.useParams();
  const { renew, alerts } = route.useSearch();
  const navigate = route.useNavigate();
  const [{ data, error }, read] = useQuery({ query: LicensesPageDocument, requestPolicy: "cache-and-network" });
  const readAgain = () => read({ requestPolicy: "network-only" });
  useOnChange(readAgain);
  const pools = data?.licensePools.edges?.flatMap((edge) => edge?.node ?? []);
  const conflictCount = data?.conflicts.totalCount ?? 0;
  const [only, ...others] = pools?.filter(({ conflict }) => conflict) ?? [];
  const close = () => navigate({ search: {}, resetScroll: false });
  const ways = only?.conflict && others.length === 0 && (
    <WaysLink conflict={only.conflict.id} product={only.product.name} org={org} />
  );
  return (
    <Page title={t`Licenses`}>
      {data && <ConflictNotice count={conflictCount} ways={ways} />}
      {error && !data && <QueryError error={error} onRetry={readAgain} />}
      <Card>
        {!data && !error && <LoadingRows />}
        {pools?.length === 0 && (
          <EmptyState title={t`There are no licenses yet`}>
            <Trans>Import your subscriptions and users with the command “licensedesk import”.</Trans>
          </EmptyState>
        )}
        {pools && pools.length > 0 && <LicensesTable pools={pools} withStatus={conflictCount > 0} org={org} />}
      </Card>
      {renew && (
        <Suspense>
          <RenewDialog id={renew} org={org} onClose={close} />
        </Suspense>
      )}
      {alerts && pools && (
        <Suspense>
          <AlertsDialog pool={pools.find(({ id }) => id === alerts)} onClose={close} />
        </Suspense>
      )}
    </Page>
  );
}
