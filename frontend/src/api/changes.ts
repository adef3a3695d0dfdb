import { useEffect, useRef } from "react";

const listeners = new Set<() => void>();

/** Something in the organization has changed: lists that counters or names come from should be read again. */
export function tellChange(): void {
  for (const listener of listeners) listener();
}

/** Runs at the first change at once, and then at most once in each interval while changes go on. */
export function useOnChange(react: () => void, interval = 250): void {
  const latest = useRef(react);
  useEffect(() => {
    latest.current = react;
  });
  useEffect(() => {
    const gate = throttle(() => latest.current(), interval);
    listeners.add(gate.run);
    return () => {
      listeners.delete(gate.run);
      gate.stop();
    };
  }, [interval]);
}

export function throttle(act: () => void, interval: number): { run: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = () => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) {
        again = false;
        run();
      }
    }, interval);
  };
  return { run, stop: () => clearTimeout(timer) };
}
