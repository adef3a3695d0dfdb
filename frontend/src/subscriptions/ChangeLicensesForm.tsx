import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { ActionButton, ActionLink } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { useFormats } from "../ui/format";
import { RefusalNotice } from "../ui/RefusalNotice";
import { ChangedMeanwhile } from "./ChangedMeanwhile";
import { CostPreview } from "./CostPreview";
import type { Done } from "./CostReview";
import { type Outcome, useChangeTotal } from "./changeTotal";
import { useTotalPreview } from "./preview";
import { TotalField } from "./TotalField";
import { parseTotal } from "./total";

type ChangeLicensesFormProps = {
  subscription: SubscriptionFactsFragment;
  org: string;
  onDone: (done: Done) => void;
  /** The server has a newer state than this form was made on. */
  onStale: () => void;
};

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, marginBlockStart: tokens.spacingVerticalXL },
  actions: { display: "flex", justifyContent: "flex-end", gap: tokens.spacingHorizontalS },
});

export function ChangeLicensesForm({ subscription, org, onDone, onStale }: ChangeLicensesFormProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const [seen, setSeen] = useState({ total: subscription.totalLicenses, version: subscription.version });
  const [typed, setTyped] = useState(String(seen.total));
  const [accepted, setAccepted] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const { change, busy } = useChangeTotal();
  const total = parseTotal(typed);
  const now = subscription.totalLicenses;
  const previewable = abilityReason(subscription.can, "BUY_LICENSES") === undefined;
  const today = useTotalPreview(subscription.id, now, previewable ? now : undefined);
  const changed = useTotalPreview(subscription.id, now, previewable && total !== now ? total : undefined);
  const preview = total === now ? today : changed;
  const opensConflict = total !== undefined && total < seen.total && (preview?.shortfall ?? 0) > 0;
  const stale = subscription.version !== seen.version;
  const disabledReason = useDisabledReason({ subscription, seen, total, stale, unaccepted: opensConflict && !accepted });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || disabledReason !== undefined || total === undefined) return;
    const result = await change({
      subscriptionId: subscription.id,
      expectedVersion: seen.version,
      before: seen.total,
      totalLicenses: total,
      acceptConflict: accepted,
    });
    if (result.done) return onDone(result.done);
    if (result.refusals.some(({ code }) => code === "CHANGED_MEANWHILE")) return onStale();
    setOutcome(result);
  };

  const restart = (chosen: string) => {
    setSeen({ total: subscription.totalLicenses, version: subscription.version });
    setTyped(chosen);
    setOutcome(undefined);
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {stale && (
        <ChangedMeanwhile
          seen={seen.total}
          now={subscription.totalLicenses}
          typed={typed}
          onKeep={() => restart(typed)}
          onDrop={restart}
        />
      )}
      {outcome && <RefusalNotice refusals={outcome.refusals} error={outcome.error} />}
      <TotalField value={typed} current={seen.total} fault={preview?.refusal?.message} onChange={setTyped} />
      <CostPreview preview={preview} inConflict={(today?.shortfall ?? 0) > 0} />
      {opensConflict && (
        <Checkbox
          checked={accepted}
          onChange={(_, { checked }) => setAccepted(checked === true)}
          label={
            <Plural
              value={preview?.shortfall ?? 0}
              one="I accept that # user will be without a valid license"
              other="I accept that # users will be without a valid license"
            />
          }
        />
      )}
      <div className={styles.actions}>
        <ActionLink to="/o/$org/licenses" params={{ org }}>
          <Trans>Cancel</Trans>
        </ActionLink>
        <ActionButton type="submit" appearance="primary" disabledReason={busy ? t`It is being submitted` : disabledReason}>
          <Trans>Submit</Trans>
        </ActionButton>
      </div>
    </form>
  );
}

type Situation = {
  subscription: SubscriptionFactsFragment;
  seen: { total: number };
  total: number | undefined;
  stale: boolean;
  unaccepted: boolean;
};

/** Why the form cannot be submitted as it stands; the server's own reason comes first. */
function useDisabledReason({ subscription, seen, total, stale, unaccepted }: Situation): string | undefined {
  const { t } = useLingui();
  const { number } = useFormats();
  const reduces = total !== undefined && total < seen.total;
  const refused = abilityReason(subscription.can, reduces ? "REDUCE_LICENSES" : "BUY_LICENSES");
  if (refused !== undefined) return refused;
  if (stale) return t`The total was changed meanwhile: choose how to go on`;
  if (total === undefined) return t`Enter a whole number`;
  if (total === seen.total) return t`The total is ${number(seen.total)} already: enter another one`;
  if (unaccepted) return t`Accept first that users will be without a valid license`;
  return undefined;
}
