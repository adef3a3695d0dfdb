export const maximumTotal = 1_000_000;

/** A whole number from 0 to 1,000,000 as typed, else undefined. */
export function parseTotal(typed: string): number | undefined {
  const text = typed.trim();
  if (!/^\d{1,7}$/.test(text)) return undefined;
  const total = Number(text);
  return total <= maximumTotal ? total : undefined;
}
