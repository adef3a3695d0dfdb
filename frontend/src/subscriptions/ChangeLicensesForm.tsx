import { makeStyles, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { ActionButton, ActionLink } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { useFormats } from "../ui/format";
import { RefusalNotice } from "../ui/RefusalNotice";
import { AcceptConflict } from "./AcceptConflict";
import { ChangedMeanwhile } from "./ChangedMeanwhile";
import { CostPreview } from "./CostPreview";
import type { Done } from "./CostReview";
import { type Outcome, useChangeTotal } from "./changeTotal";
import { ConflictEffect, ScheduleEffect } from "./Effects";
import { useTotalPreview } from "./preview";
import { TotalField } from "./TotalField";
import { parseTotal } from "./total";
import { useNoRenewalReason, WhenField } from "./WhenField";
import { standingTotal, type When } from "./when";

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
  const [seen, setSeen] = useState(subscription);
  const [when, setWhen] = useState<When>("now");
  const [typed, setTyped] = useState(String(seen.totalLicenses));
  const [accepted, setAccepted] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const { change, busy } = useChangeTotal();
  const total = parseTotal(typed);
  const now = subscription.totalLicenses;
  const previewable = abilityReason(subscription.can, "BUY_LICENSES") === undefined;
  const ofToday = total === now && when === "now";
  const today = useTotalPreview(subscription.id, now, previewable ? now : undefined, "now");
  const changed = useTotalPreview(subscription.id, now, previewable && !ofToday ? total : undefined, when);
  const preview = ofToday ? today : changed;
  const renewal = when === "renewal" ? subscription.termEnd : undefined;
  const opensConflict = total !== undefined && total < now && (preview?.shortfall ?? 0) > 0;
  const stale = subscription.version !== seen.version;
  const disabledReason = useDisabledReason({ subscription, when, total, stale, unaccepted: opensConflict && !accepted });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || disabledReason !== undefined || total === undefined) return;
    const result = await change({
      subscriptionId: subscription.id,
      expectedVersion: seen.version,
      before: seen.totalLicenses,
      totalLicenses: total,
      atRenewal: when === "renewal",
      acceptConflict: accepted,
    });
    if (result.done) return onDone(renewal ? { ...result.done, renewal, shortfall: preview?.shortfall ?? 0 } : result.done);
    if (result.refusals.some(({ code }) => code === "CHANGED_MEANWHILE")) return onStale();
    setOutcome(result);
  };

  const restart = (chosen: string) => {
    setSeen(subscription);
    setTyped(chosen);
    setOutcome(undefined);
  };

  /** What was accepted is this total's conflict, not another one's. */
  const retype = (text: string) => {
    setTyped(text);
    setAccepted(false);
  };

  /** An untouched total follows: it is the one that stands for that time. */
  const choose = (chosen: When) => {
    if (typed === String(standingTotal(seen, when))) setTyped(String(standingTotal(seen, chosen)));
    setWhen(chosen);
    setAccepted(false);
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {stale && (
        <ChangedMeanwhile
          seen={seen.totalLicenses}
          now={subscription.totalLicenses}
          typed={typed}
          onKeep={() => restart(typed)}
          onDrop={restart}
        />
      )}
      {outcome && <RefusalNotice refusals={outcome.refusals} error={outcome.error} />}
      <WhenField subscription={subscription} value={when} onChange={choose} />
      <TotalField value={typed} current={seen.totalLicenses} fault={preview?.refusal?.message} onChange={retype} />
      <CostPreview preview={preview} renewal={renewal}>
        <ConflictEffect preview={preview} inConflict={(today?.shortfall ?? 0) > 0} renewal={renewal} />
        <ScheduleEffect subscription={subscription} when={when} total={total} preview={preview} />
      </CostPreview>
      {opensConflict && (
        <AcceptConflict shortfall={preview?.shortfall ?? 0} renewal={renewal} checked={accepted} onChange={setAccepted} />
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
  when: When;
  total: number | undefined;
  stale: boolean;
  unaccepted: boolean;
};

/** Why the form cannot be submitted as it stands; the server's own reason comes first. */
function useDisabledReason({ subscription, when, total, stale, unaccepted }: Situation): string | undefined {
  const { t } = useLingui();
  const { number } = useFormats();
  const noRenewal = useNoRenewalReason(subscription);
  const standing = standingTotal(subscription, when);
  const reduces = total !== undefined && total < subscription.totalLicenses;
  const refused = abilityReason(subscription.can, reduces ? "REDUCE_LICENSES" : "BUY_LICENSES");
  if (refused !== undefined) return refused;
  if (stale) return t`The total was changed meanwhile: choose how to go on`;
  if (total === undefined) return t`Enter a whole number`;
  if (when === "renewal" && noRenewal !== undefined) return noRenewal;
  if (total === standing && when === "renewal") return t`The next renewal takes ${number(standing)} already: enter another total`;
  if (total === standing) return t`The total is ${number(standing)} already: enter another one`;
  if (unaccepted) return t`Accept first that users will be without a valid license`;
  return undefined;
}
