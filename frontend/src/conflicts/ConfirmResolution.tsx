import { ProgressBar } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { newIdempotencyKey } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import {
  type ConflictFactsFragment,
  type RefusalFragment,
  RefusalFragmentDoc,
  type ResolutionFactsFragment,
  ResolveConflictDocument,
} from "../gql/graphql";
import { DataLoss } from "../removal/DataLoss";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import type { Failure } from "../ui/failure";
import { RefusalNotice } from "../ui/RefusalNotice";
import { Steps } from "./ResolutionCard";
import { ResolutionFigures } from "./ResolutionFigures";
import { outcomeOf, type ResolutionOutcome } from "./resolutionOutcome";
import { useLoss } from "./useLoss";

type ConfirmResolutionProps = {
  resolution: ResolutionFactsFragment;
  conflict: ConflictFactsFragment;
  /** The organization's time. */
  now: string;
  onDone: (outcome: ResolutionOutcome) => void;
  /** It is not proposed any more exactly so: nothing was done. */
  onStale: (refusals: readonly RefusalFragment[]) => void;
  onNo: () => void;
};

/** The last question before a resolution is applied; Yes acknowledges what is lost. Sending it again after a lost answer does it once. */
export function ConfirmResolution({ resolution, conflict, now, onDone, onStale, onNo }: ConfirmResolutionProps) {
  const { t } = useLingui();
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [{ fetching }, send] = useMutation(ResolveConflictDocument);
  const [failure, setFailure] = useState<Failure>();
  const lost = useLoss(resolution, conflict, now);

  const apply = async () => {
    if (fetching) return;
    setFailure(undefined);
    const { id: resolutionId, dataLoss: acknowledgeDataLoss } = resolution;
    const input = { conflictId: conflict.id, resolutionId, acknowledgeDataLoss, idempotencyKey };
    const { data, error } = await send({ input });
    const refusals = readFragment(RefusalFragmentDoc, data?.resolveConflict.userErrors ?? []);
    if (data && refusals.length === 0) return onDone(outcomeOf(data.resolveConflict));
    if (refusals.some(({ code }) => code === "CHANGED_MEANWHILE")) return onStale(refusals);
    setFailure({ refusals, error });
  };

  return (
    <ConfirmDialog open title={t`Apply this solution?`} onYes={apply} onNo={onNo}>
      {failure && <RefusalNotice {...failure} />}
      <Steps steps={resolution.steps} />
      <ResolutionFigures resolution={resolution} shortfall={conflict.shortfall} />
      {resolution.dataLoss && <DataLoss lost={lost} />}
      {fetching && <ProgressBar aria-label={t`It is being submitted`} />}
    </ConfirmDialog>
  );
}
