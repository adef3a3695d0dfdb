export type LostData = {
  name: string;
  /** 00:00 UTC of the day on which the data is deleted; undefined when none is kept. */
  gone?: string;
  /** The last day on which the data can be got back. */
  restorableUntil?: string;
};

type DataDeletion = { due: string; doneAt?: string | null | undefined; plan: Plan };
type Plan = { name: string; retentionDays: number };

const dayLength = 86_400_000;
/** The server names no more of them in the answer to a removal. */
const mostNamed = 100;

/**
 * What is lost, a service a line and the earliest first. Where not every deletion is named, the product's other services
 * are added with the days that their data is kept.
 */
export function lostData(
  deletions: readonly DataDeletion[],
  plans: readonly Plan[],
  now: string,
  complete = deletions.length < mostNamed,
): LostData[] {
  const named = new Map<string, LostData>();
  for (const { plan, due, doneAt } of deletions)
    if (!named.has(plan.name)) named.set(plan.name, lost(plan, due, Boolean(doneAt)));
  if (!complete) {
    for (const plan of plans)
      if (!named.has(plan.name)) named.set(plan.name, lost(plan, daysAfter(now, plan.retentionDays), false));
  }
  return [...named.values()].sort((a, b) => (a.gone ?? "").localeCompare(b.gone ?? "") || a.name.localeCompare(b.name));
}

function lost({ name, retentionDays }: Plan, due: string, done: boolean): LostData {
  if (done || retentionDays === 0) return { name };
  return { name, gone: due, restorableUntil: new Date(Date.parse(due) - dayLength).toISOString() };
}

function daysAfter(now: string, days: number): string {
  const midnight = Math.floor(Date.parse(now) / dayLength) * dayLength;
  return new Date(midnight + days * dayLength).toISOString();
}
