import { makeStyles, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular } from "@fluentui/react-icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { tellChange, useOnChange } from "../api/changes";
import { readFragment } from "../gql/fragment-masking";
import { ConflictFactsFragmentDoc, ConflictPageDocument } from "../gql/graphql";
import { useOfferUndo } from "../removal/undoRemoval";
import { ActionLink } from "../ui/Actions";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { LoadingRows } from "../ui/LoadingRows";
import { Page } from "../ui/Page";
import { QueryError } from "../ui/QueryError";
import { useKeptFocus } from "../ui/useKeptFocus";
import { OpenConflict } from "./OpenConflict";
import { ResolutionDone } from "./ResolutionDone";
import { ResolvedConflict, useResolvedAnnouncement } from "./ResolvedConflict";
import type { ResolutionOutcome } from "./resolutionOutcome";

const route = getRouteApi("/o/$org/conflicts/$id");

/** One license conflict: why it is there, whom it affects, until when, and the ways to end it; or how it ended. */
export function ConflictPage() {
  const { org, id } = route.useParams();
  return <OneConflict key={id} id={id} org={org} />;
}

const useStyles = makeStyles({
  parent: {
    display: "inline-flex",
    alignItems: "center",
    alignSelf: "start",
    gap: tokens.spacingHorizontalXS,
    minHeight: "24px",
    color: tokens.colorBrandForegroundLink,
    textDecoration: "none",
    ":hover": { textDecoration: "underline" },
  },
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXL },
});

function OneConflict({ id, org }: { id: string; org: string }) {
  const styles = useStyles();
  const { t } = useLingui();
  const [outcome, setOutcome] = useState<ResolutionOutcome>();
  const [{ data, error }, read] = useQuery({
    query: ConflictPageDocument,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const readAgain = () => read({ requestPolicy: "network-only" });
  useOnChange(readAgain);
  const node = data?.node;
  const conflict = node?.__typename === "Conflict" ? readFragment(ConflictFactsFragmentDoc, node) : undefined;
  const product = conflict?.product;
  useResolvedAnnouncement(conflict);
  const focus = useKeptFocus();
  const offerUndo = useOfferUndo(() => {
    setOutcome((done) => done && { ...done, undone: true });
    tellChange();
  });
  const finish = (done: ResolutionOutcome) => {
    setOutcome(done);
    tellChange();
    offerUndo(done);
  };
  const toLicenses = { to: "/o/$org/licenses", params: { org }, ...(product && { state: { product: product.id } }) } as const;
  return (
    <Page
      title={product ? t`License conflict: ${product.name}` : t`License conflict`}
      parent={
        <Link {...toLicenses} className={styles.parent}>
          <ArrowLeftRegular aria-hidden />
          <Trans>Back to Licenses</Trans>
        </Link>
      }
    >
      {error && !data && <QueryError error={error} onRetry={readAgain} />}
      {!error && !data && (
        <Card>
          <LoadingRows />
        </Card>
      )}
      {data && !conflict && (
        <EmptyState title={t`There is no such conflict`}>
          <ActionLink {...toLicenses}>
            <Trans>Go to Licenses</Trans>
          </ActionLink>
        </EmptyState>
      )}
      {conflict && (
        <div className={styles.content} {...focus}>
          {outcome && <ResolutionDone conflict={conflict} outcome={outcome} org={org} />}
          {conflict.resolvedAt ? (
            <ResolvedConflict conflict={conflict} org={org} />
          ) : (
            <OpenConflict conflict={conflict} now={data?.organization.now ?? ""} org={org} onDone={finish} />
          )}
        </div>
      )}
    </Page>
  );
}
