import { useRouterState } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The product that the person comes from: focus goes to its row. */
    product?: string;
  }
}

/** The row of a product takes the focus that a navigation has given to the page, when the person comes from that product. */
export function useArrival(product: string): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null);
  const arrived = useRouterState({ select: ({ location }) => location.state.product === product });
  useEffect(() => {
    if (!arrived) return;
    const frame = requestAnimationFrame(() => {
      const { activeElement } = document;
      if (activeElement === document.body || activeElement?.id === "main") row.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [arrived]);
  return row;
}
