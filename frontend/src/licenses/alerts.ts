import type { PoolRowFragment } from "../gql/graphql";
import { parseTotal } from "../subscriptions/total";

/** Which alerts a product raises; of few licenses left only with a threshold. */
export type Alerts = { muted: boolean; freeThreshold: number | null };

export function alertsOf({ alertsMuted, freeThreshold }: PoolRowFragment): Alerts {
  return { muted: alertsMuted, freeThreshold: freeThreshold ?? null };
}

export function sameAlerts(some: Alerts, others: Alerts): boolean {
  return some.muted === others.muted && some.freeThreshold === others.freeThreshold;
}

/** A whole number from 1 to 1,000,000 as typed, null where nothing is, else undefined. */
export function parseThreshold(typed: string): number | null | undefined {
  return typed.trim() === "" ? null : parseTotal(typed) || undefined;
}
