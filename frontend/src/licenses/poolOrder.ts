type Pool = { id: string; product: { name: string }; conflict?: { shortfall: number } | null | undefined };

/** Conflicts first, the worst on top, the rest by name. */
export function sortPools(pools: readonly Pool[], locale: string): string[] {
  const { compare } = new Intl.Collator(locale);
  const shortfall = (pool: Pool) => pool.conflict?.shortfall ?? 0;
  return pools.toSorted((a, b) => shortfall(b) - shortfall(a) || compare(a.product.name, b.product.name)).map(({ id }) => id);
}

/** The order that is on the screen, for as long as it is: rows never move under the pointer. New ones come last. */
export function keepOrder(shown: readonly string[], sorted: readonly string[]): string[] {
  const present = new Set(sorted);
  const known = new Set(shown);
  return [...shown.filter((id) => present.has(id)), ...sorted.filter((id) => !known.has(id))];
}
