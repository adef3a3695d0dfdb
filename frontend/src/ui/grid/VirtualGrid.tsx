import { makeStyles, mergeClasses, Table, TableBody, TableHeader, TableRow, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { ColumnHeader } from "../CardTable";
import { SkeletonCells } from "./SkeletonCells";
import { useNarrow } from "./useNarrow";
import type { PagedRows } from "./usePagedRows";
import { type RowControl, useRovingRow } from "./useRovingRow";

export type GridColumn = { name: string; hidden?: boolean };

type VirtualGridProps<Row> = {
  label: string;
  columns: readonly GridColumn[];
  /** The grid-template-columns of a wide row; on a narrow screen a row is a card. */
  className: string;
  rows: PagedRows<Row>;
  /** The cells of a row. One control of each row takes the row's place in the order of tabs. */
  children: (row: Row, index: number, control: RowControl) => ReactNode;
  isSelected?: (row: Row) => boolean;
  onRowClick?: (row: Row, index: number, extend: boolean) => void;
  /** Shift and an arrow, Home or End: rows from the one that has focus to the one that gets it. */
  onExtend?: (from: number, to: number) => void;
  onSelectAll?: (() => void) | undefined;
  /** Below the header when there are no rows. */
  empty: ReactNode;
};

const headerHeight = 44;
const rowHeight = 48;
const cardHeight = 104;

const useStyles = makeStyles({
  scroller: {
    position: "relative",
    display: "block",
    overflow: "auto",
    overflowAnchor: "none",
    maxHeight: "clamp(320px, calc(100vh - 320px), 900px)",
    scrollPaddingTop: `${headerHeight}px`,
    outlineStyle: "none",
  },
  header: {
    position: "sticky",
    top: 0,
    zIndex: 2,
    display: "block",
    backgroundColor: tokens.colorNeutralBackground1,
  },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  body: { position: "relative", display: "block" },
  row: { display: "grid", alignItems: "center", minWidth: 0, paddingInline: tokens.spacingHorizontalS },
  headerRow: { height: `${headerHeight}px` },
  bodyRow: { position: "absolute", top: 0, left: 0, width: "100%", boxSizing: "border-box", outlineStyle: "none" },
  clickable: { cursor: "pointer" },
  selected: {
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundSelected },
  },
  busy: { opacity: 0.6 },
});

/** A list of any length as an ARIA grid: only the rows in view exist, the keyboard reaches all of them. */
export function VirtualGrid<Row>({ label, columns, className, rows, children, empty, ...behavior }: VirtualGridProps<Row>) {
  const styles = useStyles();
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const height = narrow ? cardHeight : rowHeight;
  const margin = narrow ? 0 : headerHeight;
  const count = rows.count ?? 8;
  const roving = useRovingRow({ count, scroller, ...behavior, scrollTo: (index) => virtualizer.scrollToIndex(index) });
  const { active } = roving;
  const rangeExtractor = useCallback((range: Range) => withRow(defaultRangeExtractor(range), active), [active]);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    scrollMargin: margin,
    scrollPaddingStart: margin,
    overscan: 8,
    rangeExtractor,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights want other places
  useLayoutEffect(() => virtualizer.measure(), [height, virtualizer]);
  useStartOver(rows.question, () => virtualizer.scrollToOffset(0));

  const { startIndex: first, endIndex: last } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  const { show } = rows;
  useEffect(() => show(first, last), [show, first, last]);

  return (
    <>
      <Table
        noNativeElements
        role="grid"
        ref={scroller}
        className={styles.scroller}
        aria-label={label}
        aria-rowcount={rows.count === undefined ? -1 : rows.count + 1}
        aria-colcount={columns.length}
        aria-busy={rows.busy || rows.count === undefined}
        {...(behavior.isSelected && { "aria-multiselectable": true })}
        onKeyDown={roving.onKeyDown}
        onFocus={roving.onFocus}
      >
        <TableHeader className={mergeClasses(styles.header, narrow && styles.unseen)}>
          <TableRow aria-rowindex={1} className={mergeClasses(styles.row, styles.headerRow, className)}>
            {columns.map(({ name, hidden }) => (
              <ColumnHeader key={name}>{hidden ? <span className={styles.unseen}>{name}</span> : name}</ColumnHeader>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody className={mergeClasses(styles.body, rows.busy && styles.busy)} style={{ height: count * height }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows.rowAt(index);
            const selected = row && behavior.isSelected?.(row);
            return (
              <TableRow
                key={index}
                aria-rowindex={index + 2}
                {...(behavior.isSelected && { "aria-selected": selected ?? false })}
                data-row={index}
                tabIndex={-1}
                className={mergeClasses(
                  styles.row,
                  styles.bodyRow,
                  className,
                  behavior.onRowClick && styles.clickable,
                  selected && styles.selected,
                )}
                style={{ height, transform: `translateY(${start - margin}px)` }}
                {...(row &&
                  behavior.onRowClick && {
                    onClick: (event) => behavior.onRowClick?.(row, index, event.shiftKey),
                  })}
              >
                {row ? (
                  children(row, index, roving.controlOf(index))
                ) : (
                  <SkeletonCells count={columns.length} label={t`Loading`} />
                )}
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      {rows.count === 0 && empty}
    </>
  );
}

/** The row that has the focus stays, wherever the view is: focus is never lost by scrolling. */
function withRow(indexes: number[], row: number): number[] {
  return indexes.includes(row) ? indexes : [...indexes, row].sort((a, b) => a - b);
}

/** Another search begins at its first row. */
function useStartOver(question: string, start: () => void): void {
  const shown = useRef(question);
  useLayoutEffect(() => {
    if (shown.current === question) return;
    shown.current = question;
    start();
  });
}
