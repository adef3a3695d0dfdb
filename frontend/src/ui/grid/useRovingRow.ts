import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { targetRow } from "./targetRow";

/** To be spread on the one control by which the keyboard reaches a row. */
export type RowControl = { tabIndex: 0 | -1; "data-row-control": true };

type RovingRow = {
  count: number;
  scroller: RefObject<HTMLElement | null>;
  scrollTo: (index: number) => void;
  onExtend?: (from: number, to: number) => void;
  onSelectAll?: (() => void) | undefined;
};

/** One row of a grid is in the order of tabs; arrows, Page, Home and End move focus, also to rows that do not exist yet. */
export function useRovingRow({ count, scroller, scrollTo, onExtend, onSelectAll }: RovingRow) {
  const [chosen, choose] = useState(0);
  const active = Math.max(0, Math.min(chosen, count - 1));
  const following = useRef(false);

  useLayoutEffect(() => {
    if (!following.current) return;
    if (hasFocusElsewhere(scroller.current)) {
      following.current = false;
      return;
    }
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`);
    const control = row?.querySelector<HTMLElement>("[data-row-control]");
    (control ?? row)?.focus({ preventScroll: true });
    if (control) following.current = false;
  });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "a" && onSelectAll) {
      event.preventDefault();
      onSelectAll();
      return;
    }
    const rowsInView = Math.floor((scroller.current?.clientHeight ?? 0) / 48);
    const target = targetRow(event.key, active, count, rowsInView);
    if (target === undefined) return;
    event.preventDefault();
    if (event.shiftKey) onExtend?.(active, target);
    following.current = true;
    choose(target);
    scrollTo(target);
  };

  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const row = target.closest<HTMLElement>("[data-row]")?.dataset.row;
    if (row !== undefined) choose(Number(row));
  };

  const controlOf = (index: number): RowControl => ({ tabIndex: index === active ? 0 : -1, "data-row-control": true });
  return { active, onKeyDown, onFocus, controlOf };
}

/** The person has gone on while the row was being loaded. */
function hasFocusElsewhere(grid: HTMLElement | null): boolean {
  const { activeElement, body } = document;
  return activeElement !== body && !grid?.contains(activeElement);
}
