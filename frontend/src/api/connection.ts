import { useSyncExternalStore } from "react";

/** How the live updates are doing; "idle" while nothing listens. */
export type ConnectionState = "idle" | "live" | "reconnecting" | "offline";

let state: ConnectionState = "idle";
const listeners = new Set<() => void>();

export function setConnectionState(next: ConnectionState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(subscribe, () => state);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
