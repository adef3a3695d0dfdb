import { Text } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Navigate } from "@tanstack/react-router";
import { useQuery } from "urql";
import { useOnChange } from "../api/changes";
import { readFragment } from "../gql/fragment-masking";
import { PoolToRemoveFromDocument, PoolToRemoveFromFragmentDoc } from "../gql/graphql";
import { ActionLink } from "../ui/Actions";
import { EmptyState } from "../ui/EmptyState";
import { LoadingRows } from "../ui/LoadingRows";
import { Page } from "../ui/Page";
import { QueryError } from "../ui/QueryError";
import { RemovalDone } from "./RemovalDone";
import { ReviewRemoval } from "./ReviewRemoval";
import { type RemovalDraft, useRemovalDraft } from "./removalDraft";
import { SelectHolders } from "./SelectHolders";

const route = getRouteApi("/o/$org/licenses/$pool/remove");

type Step = "select" | "review" | "done";

/** A step has nothing to show without users, or without something done: then it is another one's turn. */
function stepFor(step: Step, { users, outcome }: RemovalDraft): Step {
  if (step === "review" && users.size === 0) return outcome ? "done" : "select";
  return step === "done" && !outcome ? "select" : step;
}

/** Takes the licenses of one product from users, in three steps: choose, see what is lost, done. */
export function RemoveLicensesPage() {
  const { t } = useLingui();
  const { org, pool: id } = route.useParams();
  const { step = "select" } = route.useSearch();
  const draft = useRemovalDraft(id);
  const [{ data, error }, read] = useQuery({
    query: PoolToRemoveFromDocument,
    variables: { pool: id },
    requestPolicy: "cache-and-network",
  });
  const readAgain = () => read({ requestPolicy: "network-only" });
  useOnChange(readAgain);
  const node = data?.node;
  const pool = node?.__typename === "LicensePool" ? readFragment(PoolToRemoveFromFragmentDoc, node) : undefined;
  const rightStep = stepFor(step, draft);
  if (rightStep !== step) return <Navigate to="." search={rightStep === "select" ? {} : { step: rightStep }} replace />;
  return (
    <Page
      title={t`Remove licenses`}
      intro={pool && <Text>{pool.product.name}</Text>}
      narrow={step !== "select"}
      {...(step !== "select" && { step })}
    >
      {error && !data && <QueryError error={error} onRetry={readAgain} />}
      {!error && !data && <LoadingRows />}
      {data && !pool && (
        <EmptyState title={t`There are no such licenses`}>
          <ActionLink to="/o/$org/licenses" params={{ org }}>
            <Trans>Go to Licenses</Trans>
          </ActionLink>
        </EmptyState>
      )}
      {pool && step === "select" && <SelectHolders pool={pool} draft={draft} org={org} />}
      {pool && step === "review" && (
        <ReviewRemoval pool={pool} draft={draft} now={data?.organization.now ?? ""} onStale={readAgain} />
      )}
      {pool && step === "done" && draft.outcome && <RemovalDone pool={pool} outcome={draft.outcome} org={org} />}
    </Page>
  );
}
