import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { tellChange } from "../api/changes";
import { readFragment } from "../gql/fragment-masking";
import {
  type ConflictFactsFragment,
  PoolRowFragmentDoc,
  type RefusalFragment,
  type ResolutionFactsFragment,
} from "../gql/graphql";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { LoadingRows } from "../ui/LoadingRows";
import { QueryError } from "../ui/QueryError";
import { RefusalNotice } from "../ui/RefusalNotice";
import { useKeptFocus } from "../ui/useKeptFocus";
import { ConfirmResolution } from "./ConfirmResolution";
import { ConflictActions } from "./ConflictActions";
import { ResolutionCard } from "./ResolutionCard";
import { ResolutionUsers } from "./ResolutionUsers";
import type { ResolutionOutcome } from "./resolutionOutcome";
import { useProposals } from "./useProposals";

const route = getRouteApi("/o/$org/conflicts/$id");

type ResolutionsProps = {
  conflict: ConflictFactsFragment;
  /** The organization's time. */
  now: string;
  org: string;
  onDone: (outcome: ResolutionOutcome) => void;
};

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  list: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 400px), 1fr))",
    gap: tokens.spacingHorizontalL,
    margin: 0,
    padding: 0,
    listStyle: "none",
  },
  outdated: { opacity: 0.6 },
  own: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
});

/** What the server proposes, the cheapest and least harmful first; below it, how to decide oneself. */
export function Resolutions({ conflict, now, org, onDone }: ResolutionsProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { users } = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, choose] = useState<ResolutionFactsFragment>();
  const [refusals, refuse] = useState<readonly RefusalFragment[]>([]);
  const pool = readFragment(PoolRowFragmentDoc, conflict.pool);
  const { proposed, outdated, error, readAgain } = useProposals(conflict.id, pool.version);
  const focus = useKeptFocus();
  const end = (reasons: readonly RefusalFragment[] = []) => {
    choose(undefined);
    refuse(reasons);
  };
  return (
    <div className={styles.content} {...focus}>
      {refusals.length > 0 && <Refused refusals={refusals} />}
      {error && <QueryError error={error} onRetry={readAgain} />}
      {!error && !proposed && (
        <Card>
          <LoadingRows count={4} />
        </Card>
      )}
      {proposed?.length === 0 && (
        <Card>
          <EmptyState title={t`Nothing is proposed`}>
            <Trans>Nobody can do without the license, and nothing can be renewed or bought at a known price.</Trans>
          </EmptyState>
        </Card>
      )}
      {proposed && proposed.length > 0 && (
        <ol
          className={mergeClasses(styles.list, outdated && styles.outdated)}
          aria-label={t`Ways to end it`}
          aria-busy={outdated}
        >
          {proposed.map((resolution, index) => (
            <ResolutionCard
              key={resolution.id}
              resolution={resolution}
              rank={index + 1}
              conflict={conflict}
              now={now}
              outdated={outdated}
              onApply={() => choose(resolution)}
              onShowUsers={() => navigate({ search: { users: resolution.id }, resetScroll: false })}
            />
          ))}
        </ol>
      )}
      <div className={styles.own}>
        <Text>
          <Trans>Or decide yourself:</Trans>
        </Text>
        <ConflictActions pool={pool} reason={conflict.reason} org={org} />
      </div>
      {chosen && (
        <ConfirmResolution
          resolution={chosen}
          conflict={conflict}
          now={now}
          onDone={(outcome) => {
            end();
            onDone(outcome);
          }}
          onStale={(reasons) => {
            end(reasons);
            readAgain();
            tellChange();
          }}
          onNo={() => end()}
        />
      )}
      {users && proposed && (
        <ResolutionUsers
          key={users}
          conflict={conflict.id}
          resolution={proposed?.find(({ id }) => id === users)}
          org={org}
          onClose={() => navigate({ search: {}, resetScroll: false })}
        />
      )}
    </div>
  );
}

/** Takes the focus: what was asked for may have been far below, and is gone. */
function Refused({ refusals }: { refusals: readonly RefusalFragment[] }) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), []);
  return (
    <div ref={notice} tabIndex={-1}>
      <RefusalNotice refusals={refusals} error={undefined} />
    </div>
  );
}
