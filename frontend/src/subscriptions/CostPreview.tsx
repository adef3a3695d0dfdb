import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useEffect } from "react";
import { useAnnounce } from "../ui/Announcer";
import { useFormats } from "../ui/format";
import type { Preview } from "./preview";

type CostPreviewProps = {
  preview: Preview | undefined;
  /** The renewal that takes the total; undefined: it is taken at once. */
  renewal?: string | undefined;
  /** What else the change does. */
  children: ReactNode;
};

const useStyles = makeStyles({
  preview: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, minHeight: "64px" },
  cost: { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What a change would cost, spoken as well, and what else it would do. */
export function CostPreview({ preview, renewal, children }: CostPreviewProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { day, money, moneyChange } = useFormats();
  const announce = useAnnounce();
  const cost = preview?.cost;
  const spoken = cost && t`It will cost ${money(cost.newMonthly)} a month`;
  useEffect(() => {
    if (!spoken) return;
    announce(spoken);
    return () => announce("");
  }, [spoken, announce]);
  return (
    <div className={styles.preview} aria-busy={!preview}>
      {cost && (
        <div className={styles.cost}>
          <Text>
            {renewal ? (
              <Trans>
                New monthly cost from {day(renewal)}: <strong>{money(cost.newMonthly)}</strong>
              </Trans>
            ) : (
              <Trans>
                New monthly cost: <strong>{money(cost.newMonthly)}</strong>
              </Trans>
            )}
          </Text>
          <Text size={200} className={styles.quiet}>
            {renewal ? (
              <Trans>
                now {money(cost.currentMonthly)}, {moneyChange(cost.difference)}; nothing is charged now
              </Trans>
            ) : (
              <Trans>
                now {money(cost.currentMonthly)}, {moneyChange(cost.difference)}; charged now {money(cost.chargedNow)}
              </Trans>
            )}
          </Text>
        </div>
      )}
      {children}
    </div>
  );
}
