import { Text } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { useOnChange } from "../api/changes";
import { ShortfallsDocument } from "../gql/graphql";
import { useSubscriptionNames } from "../subscriptions/names";
import { ReviewPage } from "../subscriptions/ReviewPage";
import { Card } from "../ui/Card";
import { LoadingRows } from "../ui/LoadingRows";
import { Page } from "../ui/Page";
import { QueryError } from "../ui/QueryError";
import { useCatalog } from "./catalog";
import { PurchaseForm } from "./PurchaseForm";
import type { Purchased } from "./purchase";

const route = getRouteApi("/o/$org/subscriptions/new");

/** Buys a subscription of any product of the catalog, then shows what it costs from now on. */
export function PurchasePage() {
  const { t } = useLingui();
  const { org } = route.useParams();
  const { product } = route.useSearch();
  const navigate = route.useNavigate();
  const [{ done, subscription }, setPurchased] = useState<Partial<Purchased>>({});
  const catalog = useCatalog();
  const [{ data }, read] = useQuery({ query: ShortfallsDocument, requestPolicy: "cache-and-network" });
  useOnChange(() => read({ requestPolicy: "network-only" }));
  const nameOf = useSubscriptionNames();
  if (done && subscription) {
    return <ReviewPage done={done} name={nameOf(subscription)} product={subscription.product.id} org={org} />;
  }
  const open = (data?.conflicts.edges ?? []).flatMap((edge) => edge?.node ?? []);
  return (
    <Page title={t`Buy a subscription`} intro={<Text>{t`Its term starts today.`}</Text>} narrow>
      {catalog.error && <QueryError error={catalog.error} onRetry={catalog.readAgain} />}
      {!catalog.error && !catalog.products && <LoadingRows count={4} />}
      {catalog.products && (
        <Card padded>
          <PurchaseForm
            products={catalog.products}
            currency={data?.organization.currency}
            shortfalls={new Map(open.map((conflict) => [conflict.product.id, conflict.shortfall]))}
            productId={product}
            onChoose={(id) => navigate({ search: { product: id }, replace: true, resetScroll: false })}
            onDone={setPurchased}
            org={org}
          />
        </Card>
      )}
    </Page>
  );
}
