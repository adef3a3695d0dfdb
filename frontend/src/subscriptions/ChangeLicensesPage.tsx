import { Text } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { useOnChange } from "../api/changes";
import { readFragment } from "../gql/fragment-masking";
import { SubscriptionFactsFragmentDoc, SubscriptionToChangeDocument } from "../gql/graphql";
import { ActionLink } from "../ui/Actions";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { LoadingRows } from "../ui/LoadingRows";
import { Page } from "../ui/Page";
import { QueryError } from "../ui/QueryError";
import { ChangeLicensesForm } from "./ChangeLicensesForm";
import type { Done } from "./CostReview";
import { useSubscriptionNames } from "./names";
import { ReviewPage } from "./ReviewPage";
import { ScheduledTotal } from "./ScheduledTotal";
import { SubscriptionFigures } from "./SubscriptionFigures";

const route = getRouteApi("/o/$org/subscriptions/$id/licenses");

/** Sets the total of one subscription, then shows what it costs from now on. */
export function ChangeLicensesPage() {
  const { t } = useLingui();
  const { org, id } = route.useParams();
  const [done, setDone] = useState<Done>();
  const [round, setRound] = useState(0); // a form of the state that this person has made
  const [{ data, error }, read] = useQuery({
    query: SubscriptionToChangeDocument,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const readAgain = () => read({ requestPolicy: "network-only" });
  useOnChange(readAgain);
  const nameOf = useSubscriptionNames();
  const node = data?.node;
  const found = node?.__typename === "LicenseSubscription" ? readFragment(SubscriptionFactsFragmentDoc, node) : undefined;
  const name = found && nameOf(found);
  if (done && found) return <ReviewPage done={done} name={name} product={found.product.id} org={org} />;
  return (
    <Page title={t`Add/remove licenses`} intro={name && <Text>{name}</Text>} narrow>
      {error && !data && <QueryError error={error} onRetry={readAgain} />}
      {!error && !data && <LoadingRows count={4} />}
      {data && !found && (
        <EmptyState title={t`There is no such subscription`}>
          <ToLicenses org={org} />
        </EmptyState>
      )}
      {found && (
        <Card padded>
          <SubscriptionFigures subscription={found} />
          <ScheduledTotal subscription={found} name={nameOf(found)} onChanged={() => setRound((before) => before + 1)} />
          <ChangeLicensesForm key={round} subscription={found} org={org} onDone={setDone} onStale={readAgain} />
        </Card>
      )}
    </Page>
  );
}

function ToLicenses({ org }: { org: string }) {
  return (
    <ActionLink to="/o/$org/licenses" params={{ org }}>
      <Trans>Go to Licenses</Trans>
    </ActionLink>
  );
}
