import type { PoolRowFragment } from "../gql/graphql";

export type Ability = PoolRowFragment["can"][number];

/** Why the server would refuse an action now; undefined when it would not. */
export function abilityReason(can: readonly Ability[], action: Ability["action"]): string | undefined {
  const ability = can.find((candidate) => candidate.action === action);
  return ability && !ability.allowed ? (ability.reason ?? "") : undefined;
}
