import { getRouteApi, Navigate } from "@tanstack/react-router";
import { Suspense } from "react";
import { useQuery } from "urql";
import { useOnChange } from "../api/changes";
import { readFragment } from "../gql/fragment-masking";
import { AllSubscriptionsDocument, PoolSubscriptionsDocument, SubscriptionFactsFragmentDoc } from "../gql/graphql";
import { RenewDialog } from "../licenses/lazyDialogs";
import { ChooseSubscription } from "./ChooseSubscription";
import { SubscriptionList } from "./SubscriptionList";

const route = getRouteApi("/o/$org/subscriptions");

/** All subscriptions; with `pool`, those of one product; with an intent, the choice between them. */
export function SubscriptionsPage() {
  const { org } = route.useParams();
  const { pool, renew } = route.useSearch();
  const navigate = route.useNavigate();
  const close = () => navigate({ search: ({ renew: _, ...rest }) => rest, resetScroll: false });
  return (
    <>
      {pool ? <OfPool pool={pool} org={org} /> : <OfOrganization org={org} />}
      {renew && (
        <Suspense>
          <RenewDialog id={renew} org={org} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

function OfOrganization({ org }: { org: string }) {
  const [{ data, error }, read] = useQuery({ query: AllSubscriptionsDocument, requestPolicy: "cache-and-network" });
  const readAgain = () => read({ requestPolicy: "network-only" });
  useOnChange(readAgain);
  const nodes = data?.licenseSubscriptions.edges?.flatMap((edge) => edge?.node ?? []);
  const subscriptions = nodes && readFragment(SubscriptionFactsFragmentDoc, nodes);
  return <SubscriptionList subscriptions={subscriptions} error={error} onRetry={readAgain} org={org} />;
}

function OfPool({ pool, org }: { pool: string; org: string }) {
  const { intent } = route.useSearch();
  const [{ data, error, stale }, read] = useQuery({
    query: PoolSubscriptionsDocument,
    variables: { pool },
    requestPolicy: "cache-and-network",
  });
  const readAgain = () => read({ requestPolicy: "network-only" });
  useOnChange(readAgain);
  const found = data?.node && "subscriptions" in data.node ? data.node : undefined;
  const subscriptions = found && readFragment(SubscriptionFactsFragmentDoc, found.subscriptions);
  if (subscriptions && found && intent && !stale) {
    const [only, ...others] = subscriptions;
    if (intent === "buy" && !subscriptions.some(({ state }) => state === "ACTIVE")) {
      return <Navigate to="/o/$org/subscriptions/new" params={{ org }} search={{ product: found.product.id }} replace />;
    }
    if (only && others.length === 0 && intent === "buy") {
      return <Navigate to="/o/$org/subscriptions/$id/licenses" params={{ org, id: only.id }} replace />;
    }
    if (only) return <ChooseSubscription product={found.product.name} subscriptions={subscriptions} org={org} />;
  }
  const list = data && !found ? [] : subscriptions;
  return (
    <SubscriptionList
      subscriptions={intent && stale ? undefined : list}
      product={found?.product}
      error={error}
      onRetry={readAgain}
      org={org}
    />
  );
}
