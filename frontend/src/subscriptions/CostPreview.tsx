import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled, WarningFilled } from "@fluentui/react-icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { useAnnounce } from "../ui/Announcer";
import { useFormats } from "../ui/format";
import type { Preview } from "./preview";

type CostPreviewProps = { preview: Preview | undefined; inConflict: boolean };

const useStyles = makeStyles({
  preview: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, minHeight: "64px" },
  cost: { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  effect: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  good: { color: tokens.colorStatusSuccessForeground1, fontSize: "20px" },
  bad: { color: tokens.colorStatusWarningForeground3, fontSize: "20px" },
});

/** What the total that stands in the field would cost and what it would do to the conflict; spoken as well. */
export function CostPreview({ preview, inConflict }: CostPreviewProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { money, moneyChange } = useFormats();
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
            <Trans>
              New monthly cost: <strong>{money(cost.newMonthly)}</strong>
            </Trans>
          </Text>
          <Text size={200} className={styles.quiet}>
            <Trans>
              now {money(cost.currentMonthly)}, {moneyChange(cost.difference)}; charged now {money(cost.chargedNow)}
            </Trans>
          </Text>
        </div>
      )}
      {preview && <Effect shortfall={preview.shortfall} inConflict={inConflict} />}
    </div>
  );
}

function Effect({ shortfall, inConflict }: { shortfall: number; inConflict: boolean }) {
  const styles = useStyles();
  if (shortfall === 0 && !inConflict) return null;
  return (
    <div className={styles.effect}>
      {shortfall === 0 ? (
        <CheckmarkCircleFilled className={styles.good} aria-hidden />
      ) : (
        <WarningFilled className={styles.bad} aria-hidden />
      )}
      <Text>
        {shortfall === 0 ? (
          <Trans>This resolves the license conflict.</Trans>
        ) : (
          <Plural
            value={shortfall}
            one="With this total, # user will need a valid license."
            other="With this total, # users will need a valid license."
          />
        )}
      </Text>
    </div>
  );
}
