import { makeStyles, mergeClasses, TableCell, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { narrow } from "../CardTable";

type GridCellProps = {
  className?: string | undefined;
  secondary?: boolean;
  /** The column's name, seen where the header is not. */
  label?: string;
  children: ReactNode;
};

const useStyles = makeStyles({
  cell: {
    display: "block",
    height: "auto",
    minHeight: 0,
    minWidth: 0,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    [narrow]: { paddingInline: tokens.spacingHorizontalXS },
  },
  label: { display: "none", [narrow]: { display: "inline" } },
  secondary: { color: tokens.colorNeutralForeground2 },
});

/** One line of text; what does not fit is cut, so that all rows are equally high. */
export function GridCell({ className, secondary, label, children }: GridCellProps) {
  const styles = useStyles();
  return (
    <TableCell role="gridcell" className={mergeClasses(styles.cell, secondary && styles.secondary, className)}>
      {label && (
        <span className={styles.label} aria-hidden>
          {label}:{" "}
        </span>
      )}
      {children}
    </TableCell>
  );
}
