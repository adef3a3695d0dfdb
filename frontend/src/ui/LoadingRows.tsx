import { makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useDelayed } from "./useDelayed";

const useStyles = makeStyles({
  rows: { display: "flex", flexDirection: "column" },
  row: {
    display: "flex",
    alignItems: "center",
    height: "52px",
    paddingInline: tokens.spacingHorizontalL,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
});

/** Rows to come, as high as the real ones; nothing at all when they come at once. */
export function LoadingRows({ count = 8 }: { count?: number }) {
  const styles = useStyles();
  const { t } = useLingui();
  if (!useDelayed()) return null;
  return (
    <Skeleton aria-label={t`Loading`} className={styles.rows}>
      {[...Array(count).keys()].map((row) => (
        <div key={row} className={styles.row}>
          <SkeletonItem size={16} />
        </div>
      ))}
    </Skeleton>
  );
}
