import { useRef, useState } from "react";
import { type CombinedError, useClient } from "urql";
import { readFragment } from "../gql/fragment-masking";
import { PoolToRemoveFromFragmentDoc, type RefusalFragment, RefusalFragmentDoc, RemoveLicensesDocument } from "../gql/graphql";
import { chunks, usersPerCall } from "./chunks";
import type { RemovalOutcome } from "./removalDraft";

type Removal = { productId: string; userIds: readonly string[]; version: number; idempotencyKey: string };
type Answer = { outcome?: RemovalOutcome; refusals: readonly RefusalFragment[]; error?: CombinedError | undefined };

/**
 * Takes the license from the users, 10,000 a call. What was tried once is tried again with the version and the keys of
 * the first time, so that a lost answer removes nothing twice; only a refusal for a change meanwhile starts anew.
 */
export function useRemoveLicenses() {
  const client = useClient();
  /** Users asked for so far; undefined while nothing is being removed. */
  const [progress, setProgress] = useState<number>();
  const tried = useRef<{ key: string; version: number }>(undefined);

  const send = async ({ productId, userIds, idempotencyKey, version }: Removal): Promise<Answer> => {
    const outcome = { removedCount: 0, removals: [] as string[], shortfall: 0, undone: false };
    let expectedVersion = version;
    for (const [part, ids] of chunks(userIds, usersPerCall).entries()) {
      const key = `${idempotencyKey}-${part}`;
      const input = { productId, userIds: ids, acknowledgeDataLoss: true, expectedVersion, idempotencyKey: key };
      const { data, error } = await client.mutation(RemoveLicensesDocument, { input });
      if (!data) return { refusals: [], error };
      const { removal, pool, conflict, userErrors } = data.removeLicenses;
      if (userErrors.length > 0) return { refusals: readFragment(RefusalFragmentDoc, userErrors) };
      if (removal) outcome.removals.push(removal.id);
      outcome.removedCount += removal?.removedCount ?? 0;
      outcome.shortfall = conflict?.shortfall ?? 0;
      expectedVersion = readFragment(PoolToRemoveFromFragmentDoc, pool)?.version ?? expectedVersion;
      setProgress(part * usersPerCall + ids.length);
    }
    return { outcome, refusals: [] };
  };

  const remove = async (removal: Removal): Promise<Answer> => {
    const first = tried.current?.key === removal.idempotencyKey ? tried.current : undefined;
    const version = first?.version ?? removal.version;
    tried.current = { key: removal.idempotencyKey, version };
    setProgress(0);
    const answer = await send({ ...removal, version });
    setProgress(undefined);
    if (answer.refusals.length > 0) tried.current = undefined;
    return answer;
  };
  return { remove, progress };
}
