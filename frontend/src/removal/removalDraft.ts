import { useCallback, useSyncExternalStore } from "react";
import { newIdempotencyKey } from "../api/idempotency";

/** What a removal did, for its last page and for undoing it. */
export type RemovalOutcome = { removedCount: number; removals: readonly string[]; shortfall: number; undone: boolean };

/** The users chosen for one pool, by id with their names; kept for as long as the browser's tab. */
export type RemovalDraft = {
  users: ReadonlyMap<string, string>;
  /** Belongs to this choice of users: sending it again removes nothing twice. */
  idempotencyKey: string;
  outcome?: RemovalOutcome;
};

const drafts = new Map<string, RemovalDraft>();
const listeners = new Set<() => void>();

export function useRemovalDraft(pool: string): RemovalDraft {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => draftOf(pool), [pool]),
  );
}

export function draftOf(pool: string): RemovalDraft {
  const draft = drafts.get(pool) ?? read(pool);
  drafts.set(pool, draft);
  return draft;
}

/** Another choice is another intention, with a key of its own. */
export function choose(pool: string, users: ReadonlyMap<string, string>): void {
  keep(pool, { users, idempotencyKey: newIdempotencyKey() });
}

/** The licenses are gone: nobody is chosen any more. */
export function finish(pool: string, outcome: RemovalOutcome): void {
  keep(pool, { users: new Map(), idempotencyKey: newIdempotencyKey(), outcome });
}

function keep(pool: string, draft: RemovalDraft): void {
  drafts.set(pool, draft);
  write(pool, draft);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const storageKey = (pool: string) => `licensedesk.removal.${pool}`;

function read(pool: string): RemovalDraft {
  try {
    const { users, ...rest } = JSON.parse(sessionStorage.getItem(storageKey(pool)) ?? "");
    return { ...rest, users: new Map(users) };
  } catch {
    return { users: new Map(), idempotencyKey: newIdempotencyKey() };
  }
}

function write(pool: string, draft: RemovalDraft): void {
  try {
    sessionStorage.setItem(storageKey(pool), JSON.stringify({ ...draft, users: [...draft.users] }));
  } catch {
    // No storage, or too many users for it: the choice holds until the page is closed.
  }
}
