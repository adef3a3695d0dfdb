import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { CalendarClockRegular, CheckmarkCircleFilled, WarningFilled } from "@fluentui/react-icons";
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { useFormats } from "../ui/format";
import type { Preview } from "./preview";
import type { When } from "./when";

const useStyles = makeStyles({
  effect: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  icon: { display: "flex", flexShrink: 0, fontSize: "20px" },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusWarningForeground3 },
});

type ConflictEffectProps = {
  preview: Preview | undefined;
  /** Whether there is a conflict today. */
  inConflict: boolean;
  /** The renewal that makes the change; undefined: it is made at once. */
  renewal?: string | undefined;
};

/** What a change does to the license conflict; nothing when there is none. */
export function ConflictEffect({ preview, inConflict, renewal }: ConflictEffectProps) {
  const styles = useStyles();
  const { day } = useFormats();
  if (!preview || (preview.shortfall === 0 && !inConflict)) return null;
  const good = <CheckmarkCircleFilled className={styles.good} />;
  const bad = <WarningFilled className={styles.bad} />;
  if (preview.shortfall === 0) {
    return renewal ? (
      <Effect icon={bad}>
        <Trans>Today's license conflict stays until then.</Trans>
      </Effect>
    ) : (
      <Effect icon={good}>
        <Trans>This resolves the license conflict.</Trans>
      </Effect>
    );
  }
  return (
    <Effect icon={bad}>
      {renewal ? (
        <Trans>
          A license conflict opens on {day(renewal)}:{" "}
          <Plural
            value={preview.shortfall}
            one="# user will need a valid license, as assigned today."
            other="# users will need a valid license, as assigned today."
          />
        </Trans>
      ) : (
        <Plural
          value={preview.shortfall}
          one="With this total, # user will need a valid license."
          other="With this total, # users will need a valid license."
        />
      )}
    </Effect>
  );
}

type ScheduleEffectProps = {
  subscription: SubscriptionFactsFragment;
  when: When;
  total: number | undefined;
  preview: Preview | undefined;
};

/** What a new total does to the one that is scheduled; nothing when none is, or when it is replaced by another. */
export function ScheduleEffect({ subscription, when, total, preview }: ScheduleEffectProps) {
  const { t } = useLingui();
  const { scheduledTotal, totalLicenses } = subscription;
  if (!preview?.cost || scheduledTotal == null || (when === "now" && total === totalLicenses)) return null;
  const licenses = t`${plural(scheduledTotal, { one: "# license", other: "# licenses" })}`;
  if (preview.scheduledTotal == null) {
    return (
      <Effect icon={<CalendarClockRegular />}>
        <Trans>This takes back the change to {licenses} at the next renewal.</Trans>
      </Effect>
    );
  }
  if (when === "renewal") return null;
  return (
    <Effect icon={<CalendarClockRegular />}>
      <Trans>The change to {licenses} at the next renewal stays.</Trans>
    </Effect>
  );
}

function Effect({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.effect}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <Text>{children}</Text>
    </div>
  );
}
