import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Switch,
  tokens,
} from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import type { FormEvent } from "react";
import type { PoolRowFragment } from "../gql/graphql";
import { maximumTotal } from "../subscriptions/total";
import { ActionButton } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { useFormats } from "../ui/format";
import { RefusalNotice } from "../ui/RefusalNotice";
import { AlertsChanged } from "./AlertsChanged";
import { alertsOf, parseThreshold } from "./alerts";
import { useAlertsDraft } from "./alertsDraft";
import { useSetAlerts } from "./setAlerts";

type AlertsFormProps = { pool: PoolRowFragment; onClose: () => void };

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  threshold: { width: "160px" },
});

export function AlertsForm({ pool, onClose }: AlertsFormProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { name } = pool.product;
  const now = alertsOf(pool);
  const { muted, setMuted, typed, setTyped, entered, stale, keepMine, takeTheirs } = useAlertsDraft(now);
  const { set, busy, failure, forget } = useSetAlerts(pool);
  const ofThreshold = failure?.refusals.find(({ field }) => field?.at(-1) === "freeThreshold");
  const others = failure?.refusals.filter((refusal) => refusal !== ofThreshold) ?? [];
  const disabledReason =
    abilityReason(pool.can, "SET_ALERTS") ??
    (busy ? t`It is being submitted` : undefined) ??
    (stale ? t`The alerts were changed meanwhile: choose how to go on` : undefined) ??
    (entered ? undefined : t`Enter a whole number`);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (disabledReason === undefined && entered && (await set(entered))) onClose();
  };

  const goOn = (choose: () => void) => () => {
    choose();
    forget();
  };

  return (
    <form onSubmit={submit} noValidate>
      <DialogBody>
        <DialogTitle>{t`Alerts: ${name}`}</DialogTitle>
        <DialogContent className={styles.content}>
          {stale && <AlertsChanged now={now} onKeep={goOn(keepMine)} onTake={goOn(takeTheirs)} />}
          {failure && !stale && <RefusalNotice refusals={others} error={failure.error} />}
          <Field
            hint={t`When a conflict opens, 30, 14, 7 and 1 days before one is due, and when licenses run low. Alerts are kept in the log and sent by mail, if the server has a mail server.`}
          >
            <Switch
              label={t`Tell of license conflicts and of few licenses left`}
              checked={!muted}
              onChange={(_, { checked }) => setMuted(!checked)}
            />
          </Field>
          <ThresholdField value={typed} fault={ofThreshold && `${ofThreshold.message} ${ofThreshold.fix}`} onChange={setTyped} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <ActionButton appearance="primary" type="submit" disabledReason={disabledReason}>
            <Trans>Save</Trans>
          </ActionButton>
        </DialogActions>
      </DialogBody>
    </form>
  );
}

type ThresholdFieldProps = { value: string; fault: string | undefined; onChange: (typed: string) => void };

/** A text, since a number field gives nothing for what is no number, and nothing means never. */
function ThresholdField({ value, fault, onChange }: ThresholdFieldProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { number } = useFormats();
  const invalid = parseThreshold(value) === undefined;
  const message = invalid ? t`Enter a whole number from 1 to ${number(maximumTotal)}.` : fault;
  return (
    <Field
      label={t`Tell when fewer licenses are available than`}
      hint={t`Nothing means never.`}
      {...(message !== undefined && { validationMessage: message, validationState: "error" as const })}
    >
      <Input
        inputMode="numeric"
        autoComplete="off"
        className={styles.threshold}
        value={value}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  );
}
