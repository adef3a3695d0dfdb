import { type FocusEvent, useLayoutEffect, useRef } from "react";

/** Somebody else may take away what has focus, by ending its conflict: focus then stays on the page instead of getting lost. */
export function useKeptFocus() {
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!focused.current || focused.current.isConnected) return;
    focused.current = null;
    document.getElementById("main")?.focus({ preventScroll: true });
  });
  return {
    onFocus: (event: FocusEvent) => {
      focused.current = event.target;
    },
    onBlur: (event: FocusEvent) => {
      if (event.relatedTarget) focused.current = null;
    },
  };
}
