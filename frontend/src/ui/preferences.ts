import { useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark" | "highContrast";
export type Preferences = { language?: string; theme: ThemeChoice };

const key = "licensedesk.preferences";
const listeners = new Set<() => void>();
let current: Preferences | undefined;

/** What a person has chosen in this browser; survives private windows that refuse storage. */
export const preferences = {
  get(): Preferences {
    current ??= { theme: "system", ...read() };
    return current;
  },
  set(change: Partial<Preferences>): void {
    current = { ...preferences.get(), ...change };
    write(current);
    for (const listener of listeners) listener();
  },
};

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences.get);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>;
  } catch {
    return {};
  }
}

function write(value: Preferences): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is refused: the choice holds until the page is closed.
  }
}
