import { makeStyles, mergeClasses, TableCell, TableHeaderCell, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

/** Below this width each row of a table is a card of labeled figures. */
export const narrow = "@media (max-width: 860px)";

/** What tables that become cards share; a table adds the columns of its rows. */
export const useCardTableStyles = makeStyles({
  header: { [narrow]: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" } },
  row: {
    display: "grid",
    alignItems: "center",
    paddingInline: tokens.spacingHorizontalS,
    minHeight: "52px",
    ":hover": { backgroundColor: tokens.colorSubtleBackground, color: tokens.colorNeutralForeground1 },
    [narrow]: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS}`, rowGap: tokens.spacingVerticalS },
  },
});

const useStyles = makeStyles({
  columnHeader: { minWidth: 0, fontWeight: tokens.fontWeightSemibold },
  numericHeader: { justifyContent: "flex-end" },
  cell: {
    display: "block",
    height: "auto",
    minHeight: 0,
    minWidth: 0,
    paddingBlock: tokens.spacingVerticalS,
    [narrow]: { paddingBlock: 0 },
  },
  wide: { [narrow]: { gridColumn: "1 / -1" } },
  numeric: { textAlign: "right", fontVariantNumeric: "tabular-nums", [narrow]: { textAlign: "left" } },
  label: {
    display: "none",
    [narrow]: { display: "block", fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  },
});

type ColumnHeaderProps = { numeric?: boolean; className?: string | undefined; children: ReactNode };

export function ColumnHeader({ numeric, className, children }: ColumnHeaderProps) {
  const styles = useStyles();
  return (
    <TableHeaderCell
      className={mergeClasses(styles.columnHeader, className)}
      button={{ className: numeric ? styles.numericHeader : undefined }}
    >
      {children}
    </TableHeaderCell>
  );
}

type CellProps = {
  /** Takes the whole width of a card. */
  wide?: boolean;
  numeric?: boolean;
  /** The column's name, seen where the header is not. */
  label?: string;
  className?: string | undefined;
  children: ReactNode;
};

export function Cell({ wide, numeric, label, className, children }: CellProps) {
  const styles = useStyles();
  return (
    <TableCell className={mergeClasses(styles.cell, wide && styles.wide, numeric && styles.numeric, className)}>
      {label && (
        <span className={styles.label} aria-hidden>
          {label}
        </span>
      )}
      {children}
    </TableCell>
  );
}
