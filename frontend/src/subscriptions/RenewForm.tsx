import { Button, DialogActions, DialogContent, makeStyles, Switch, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { newIdempotencyKey } from "../api/idempotency";
import { RenewSubscriptionDocument, type SubscriptionFactsFragment } from "../gql/graphql";
import { ActionButton } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { RefusalNotice } from "../ui/RefusalNotice";
import { CostPreview } from "./CostPreview";
import type { Done } from "./CostReview";
import { type Outcome, outcomeOf } from "./changeTotal";
import { ConflictEffect } from "./Effects";
import { LifeTimeline } from "./LifeTimeline";
import { useRenewalPreview } from "./preview";
import { TotalField } from "./TotalField";
import { parseTotal } from "./total";
import { standingTotal } from "./when";

type RenewFormProps = {
  subscription: SubscriptionFactsFragment;
  onDone: (done: Done) => void;
  onCancel: () => void;
  onStale: () => void;
};

const useStyles = makeStyles({ content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL } });

export function RenewForm({ subscription, onDone, onCancel, onStale }: RenewFormProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const [typed, setTyped] = useState(String(standingTotal(subscription, "renewal")));
  const [autoRenew, setAutoRenew] = useState(subscription.autoRenew);
  const [outcome, setOutcome] = useState<Outcome>();
  const { renew, busy } = useRenew(subscription);
  const total = parseTotal(typed);
  const preview = useRenewalPreview(subscription.id, total);
  const disabledReason =
    abilityReason(subscription.can, "RENEW_SUBSCRIPTION") ?? (total === undefined ? t`Enter a whole number` : undefined);

  const submit = async () => {
    if (busy || disabledReason !== undefined || total === undefined) return;
    const result = await renew({ totalLicenses: total, autoRenew });
    if (result.done) return onDone(result.done);
    if (result.refusals.some(({ code }) => code === "CHANGED_MEANWHILE")) onStale();
    setOutcome(result);
  };

  return (
    <>
      <DialogContent className={styles.content}>
        <LifeTimeline subscription={subscription} />
        {outcome && <RefusalNotice refusals={outcome.refusals} error={outcome.error} />}
        <TotalField value={typed} current={subscription.totalLicenses} fault={preview?.refusal?.message} onChange={setTyped} />
        <Switch label={t`Automatic renewal`} checked={autoRenew} onChange={(_, { checked }) => setAutoRenew(checked)} />
        <CostPreview preview={preview}>
          <ConflictEffect preview={preview} inConflict />
        </CostPreview>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
        <ActionButton appearance="primary" onClick={submit} disabledReason={busy ? t`It is being submitted` : disabledReason}>
          <Trans>Renew</Trans>
        </ActionButton>
      </DialogActions>
    </>
  );
}

type Renewal = { totalLicenses: number; autoRenew: boolean };

/** Renews on the state that was shown; the key belongs to the form, so that sending again charges nothing twice. */
function useRenew({ id, version, totalLicenses: before }: SubscriptionFactsFragment) {
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [{ fetching }, send] = useMutation(RenewSubscriptionDocument);
  const renew = async (renewal: Renewal): Promise<Outcome> => {
    const input = { ...renewal, subscriptionId: id, expectedVersion: version, idempotencyKey };
    const { data, error } = await send({ input });
    return outcomeOf(before, renewal.totalLicenses, data?.renewSubscription, error);
  };
  return { renew, busy: fetching };
}
