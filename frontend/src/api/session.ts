import { useSyncExternalStore } from "react";

let signedOut = false;
const listeners = new Set<() => void>();

/** The server no longer knows us: every screen gives way to the signed-out page. */
export function markSignedOut(): void {
  signedOut = true;
  for (const listener of listeners) listener();
}

export function useSignedOut(): boolean {
  return useSyncExternalStore(subscribe, () => signedOut);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
