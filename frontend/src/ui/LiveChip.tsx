import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useConnectionState } from "../api/connection";

const useStyles = makeStyles({
  chip: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalXS, whiteSpace: "nowrap" },
  dot: { width: "8px", height: "8px", borderRadius: tokens.borderRadiusCircular, forcedColorAdjust: "none" },
  live: { backgroundColor: tokens.colorPaletteGreenForeground3 },
  waiting: { backgroundColor: tokens.colorPaletteYellowForeground3 },
});

/** Whether what is on the screen changes by itself right now. */
export function LiveChip() {
  const styles = useStyles();
  const { t } = useLingui();
  const state = useConnectionState();
  if (state === "idle") return null;
  const live = state === "live";
  return (
    <Text size={200} className={styles.chip}>
      <span aria-hidden className={`${styles.dot} ${live ? styles.live : styles.waiting}`} />
      {live ? t`Live` : t`Reconnecting`}
    </Text>
  );
}
