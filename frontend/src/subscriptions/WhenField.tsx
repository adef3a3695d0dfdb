import { Field, makeStyles, Radio, RadioGroup, Text, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { useFormats } from "../ui/format";
import type { When } from "./when";

type WhenFieldProps = { subscription: SubscriptionFactsFragment; value: When; onChange: (when: When) => void };

const useStyles = makeStyles({
  unavailable: { "& label": { color: tokens.colorNeutralForegroundDisabled }, "& > div": { opacity: 0.5 } },
  note: { paddingInlineStart: "36px", color: tokens.colorNeutralForeground2 },
});

/** Now, or at the next renewal, which there is only with automatic renewal. */
export function WhenField({ subscription, value, onChange }: WhenFieldProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { day } = useFormats();
  const noteId = useId();
  const reason = useNoRenewalReason(subscription);
  const choose = (chosen: When) => (chosen === "now" || reason === undefined) && onChange(chosen);
  return (
    <Field label={t`When`}>
      <RadioGroup value={value} onChange={(_, data) => choose(data.value as When)}>
        <Radio value="now" label={t`Now`} />
        <Radio
          value="renewal"
          label={reason === undefined ? t`At the next renewal (${day(subscription.termEnd)})` : t`At the next renewal`}
          className={reason === undefined ? undefined : styles.unavailable}
          {...(reason !== undefined && { "aria-disabled": true, "aria-describedby": noteId })}
        />
      </RadioGroup>
      {reason !== undefined && (
        <Text id={noteId} size={200} className={styles.note}>
          {reason}
        </Text>
      )}
    </Field>
  );
}

/** Why a subscription has no next renewal to wait for; undefined when it has one. */
export function useNoRenewalReason({ autoRenew }: SubscriptionFactsFragment): string | undefined {
  const { t } = useLingui();
  return autoRenew ? undefined : t`Automatic renewal is off: turn it on first.`;
}
