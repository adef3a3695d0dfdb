/** The row that a key leads to; undefined when the key does not move between rows. */
export function targetRow(key: string, active: number, count: number, rowsInView: number): number | undefined {
  const page = Math.max(1, rowsInView - 1);
  const targets: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.max(0, Math.min(target, count - 1));
}
