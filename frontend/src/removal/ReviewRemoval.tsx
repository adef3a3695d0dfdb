import { Button, makeStyles, ProgressBar, Text, tokens } from "@fluentui/react-components";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { CombinedError } from "urql";
import type { PoolToRemoveFromFragment, RefusalFragment } from "../gql/graphql";
import { ActionButton } from "../ui/Actions";
import { useAnnounce } from "../ui/Announcer";
import { abilityReason } from "../ui/abilities";
import { Card } from "../ui/Card";
import { LoadingRows } from "../ui/LoadingRows";
import { RefusalNotice } from "../ui/RefusalNotice";
import { ConfirmRemoval } from "./ConfirmRemoval";
import { DataLoss } from "./DataLoss";
import { lostData } from "./dataLoss";
import { useRemovalPreview } from "./previewRemoval";
import { draftOf, finish, type RemovalDraft } from "./removalDraft";
import { useRemoveLicenses } from "./removeLicenses";
import { useOfferUndo } from "./undoRemoval";

const route = getRouteApi("/o/$org/licenses/$pool/remove");

type ReviewRemovalProps = {
  pool: PoolToRemoveFromFragment;
  draft: RemovalDraft;
  /** The organization's time. */
  now: string;
  /** The server has a newer state than this review was made on. */
  onStale: () => void;
};

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  actions: { display: "flex", justifyContent: "flex-end", gap: tokens.spacingHorizontalS },
  names: { color: tokens.colorNeutralForeground2 },
});

/** The second step: from how many users, and what data is lost until when. Yes in the dialog is the acknowledgement. */
export function ReviewRemoval({ pool, draft, now, onStale }: ReviewRemovalProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const navigate = route.useNavigate();
  const announce = useAnnounce();
  const offerUndo = useOfferUndo(() => {
    const { outcome } = draftOf(pool.id);
    if (outcome) finish(pool.id, { ...outcome, undone: true });
  });
  const userIds = useMemo(() => [...draft.users.keys()], [draft.users]);
  const preview = useRemovalPreview({ productId: pool.product.id, userIds, version: pool.version });
  const { remove, progress } = useRemoveLicenses();
  const [asking, ask] = useState(false);
  const [failure, setFailure] = useState<{ refusals: readonly RefusalFragment[]; error?: CombinedError | undefined }>();
  const disabledReason =
    abilityReason(pool.can, "REMOVE_LICENSES") ??
    (progress === undefined ? undefined : t`The licenses are being removed`) ??
    (preview ? undefined : t`What is lost is being looked up`);

  const confirm = async () => {
    ask(false);
    setFailure(undefined);
    const { productId, version, idempotencyKey } = { ...draft, productId: pool.product.id, version: pool.version };
    const { outcome, ...fault } = await remove({ productId, userIds, version, idempotencyKey });
    if (fault.refusals.some(({ code }) => code === "CHANGED_MEANWHILE")) onStale();
    if (!outcome) return setFailure(fault);
    finish(pool.id, outcome); // which leads to the last step
    announce(t`The licenses were removed`);
    offerUndo(outcome);
  };

  return (
    <Card padded>
      <div className={styles.content}>
        {failure && <RefusalNotice refusals={failure.refusals} error={failure.error} />}
        {preview && <RefusalNotice refusals={preview.refusals} error={preview.error} />}
        <Text size={400} weight="semibold">
          <Plural
            value={draft.users.size}
            one="# user loses the license of this product"
            other="# users lose the license of this product"
          />
        </Text>
        <Text className={styles.names}>{useSomeNames(draft.users)}</Text>
        <DataLoss lost={preview && lostData(preview.dataDeletions, pool.product.servicePlans, now)} />
        {!preview && <LoadingRows count={2} />}
        {progress !== undefined && (
          <ProgressBar value={progress} max={userIds.length} aria-label={t`Removing licenses`} thickness="large" />
        )}
        <div className={styles.actions}>
          <Button onClick={() => navigate({ search: {} })}>
            <Trans>Back</Trans>
          </Button>
          <ActionButton appearance="primary" disabledReason={disabledReason} onClick={() => ask(true)}>
            <Trans>Remove licenses</Trans>
          </ActionButton>
        </div>
      </div>
      <ConfirmRemoval
        open={asking}
        count={draft.users.size}
        product={pool.product.name}
        onYes={confirm}
        onNo={() => ask(false)}
      />
    </Card>
  );
}

function useSomeNames(users: ReadonlyMap<string, string>): string {
  const { i18n, t } = useLingui();
  const names = [...users.values()].slice(0, 5);
  const others = users.size - names.length;
  const parts = others > 0 ? [...names, t`${others} more`] : names;
  return new Intl.ListFormat(i18n.locale).format(parts);
}
