import { useEffect, useState } from "react";

/** For what opens over a page: focus goes back to what opened it; where that is gone, to the page. */
export function useReturnedFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const held = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
      (held ? opener : document.getElementById("main"))?.focus();
    },
    [opener],
  );
}
