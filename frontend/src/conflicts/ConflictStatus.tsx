import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { WarningFilled } from "@fluentui/react-icons";
import { Plural, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ConflictReason } from "../gql/graphql";
import { useFormats } from "../ui/format";

type ConflictStatusProps = {
  reason: ConflictReason;
  shortfall: number;
  openedAt: string;
  /** Leads to the ways to end it. */
  children: ReactNode;
};

const useStyles = makeStyles({
  status: { display: "grid", gridTemplateColumns: "auto 1fr", columnGap: tokens.spacingHorizontalS, flex: "1 1 235px" },
  icon: { fontSize: "20px", color: tokens.colorStatusWarningForeground3, gridRow: "span 2" },
  reason: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2 },
});

/** How many users need a valid license, and why. */
export function ConflictStatus({ reason, shortfall, openedAt, children }: ConflictStatusProps) {
  const styles = useStyles();
  return (
    <div className={styles.status}>
      <WarningFilled className={styles.icon} aria-hidden />
      <Text weight="semibold">
        <Plural value={shortfall} one="# user needs a valid license" other="# users need a valid license" />
      </Text>
      <Text size={200} className={styles.reason}>
        <span>{useReasonText(reason, openedAt)}</span>
        {children}
      </Text>
    </div>
  );
}

/** What opened a conflict, and when. */
export function useReasonText(reason: ConflictReason, openedAt: string): string {
  const { t } = useLingui();
  const day = useFormats().day(openedAt);
  const texts: Record<ConflictReason, string> = {
    SUBSCRIPTION_EXPIRED: t`Subscription expired ${day}`,
    LICENSES_REDUCED: t`Licenses reduced ${day}`,
    REMOVAL_UNDONE: t`Removal undone ${day}`,
    IMPORTED: t`Found in imported data ${day}`,
  };
  return texts[reason];
}
