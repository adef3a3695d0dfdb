import { makeStyles, Skeleton, SkeletonItem } from "@fluentui/react-components";
import { GridCell } from "./GridCell";

const useStyles = makeStyles({ bar: { width: "70%" } });

/** A row that is on its way, as high as it will be. */
export function SkeletonCells({ count, label }: { count: number; label: string }) {
  const styles = useStyles();
  return [...Array(count).keys()].map((cell) => (
    <GridCell key={cell}>
      <Skeleton aria-label={label} {...(cell > 0 && { "aria-hidden": true })}>
        <SkeletonItem size={12} className={styles.bar} />
      </Skeleton>
    </GridCell>
  ));
}
