import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { CalendarClockRegular } from "@fluentui/react-icons";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { ActionButton } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { useFormats } from "../ui/format";
import { useCancelScheduled } from "./scheduleTotal";

type ScheduledTotalProps = {
  subscription: SubscriptionFactsFragment;
  name: string;
  /** This person has cancelled the change, or has undone that. */
  onChanged?: () => void;
};

const useStyles = makeStyles({
  scheduled: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalXS },
  icon: { flexShrink: 0, fontSize: "20px", marginBlock: tokens.spacingVerticalXXS, color: tokens.colorBrandForeground1 },
  change: { display: "flex", flexWrap: "wrap", alignItems: "center" },
  cancel: { minWidth: "auto", paddingInline: tokens.spacingHorizontalXS, color: tokens.colorBrandForegroundLink },
  text: { paddingInline: tokens.spacingHorizontalXS },
});

/** What the next renewal changes, with the way back; nothing when it changes nothing. */
export function ScheduledTotal({ subscription, name, onChanged = () => {} }: ScheduledTotalProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const [busy, setBusy] = useState(false);
  const cancel = useCancelScheduled(onChanged);
  const text = useScheduledText(subscription);
  if (text === undefined) return null;
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    const done = await cancel(subscription, name);
    setBusy(false);
    if (done) document.getElementById("main")?.focus({ preventScroll: true }); // the button is gone
  };
  return (
    <div className={styles.scheduled}>
      <CalendarClockRegular className={styles.icon} aria-hidden />
      <span className={styles.change}>
        <Text size={200} className={styles.text}>
          {text}
        </Text>
        <ActionButton
          className={styles.cancel}
          appearance="transparent"
          size="small"
          aria-label={t`Cancel this change: ${name}`}
          disabledReason={busy ? t`It is being submitted` : abilityReason(subscription.can, "BUY_LICENSES")}
          onClick={submit}
        >
          <Trans>Cancel this change</Trans>
        </ActionButton>
      </span>
    </div>
  );
}

function useScheduledText({ scheduledTotal, state, autoRenew, termEnd }: SubscriptionFactsFragment): string | undefined {
  const { t } = useLingui();
  const { day } = useFormats();
  if (scheduledTotal == null) return undefined;
  const licenses = t`${plural(scheduledTotal, { one: "# license", other: "# licenses" })}`;
  if (state === "ACTIVE" && autoRenew) return t`Changes to ${licenses} on ${day(termEnd)}`;
  return t`Changes to ${licenses} when it is renewed`;
}
