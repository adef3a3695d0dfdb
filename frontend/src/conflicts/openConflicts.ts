import { useLingui } from "@lingui/react/macro";
import { createContext, useContext, useEffect, useRef, useState } from "react";
import { useAnnounce } from "../ui/Announcer";

export type OpenConflicts = {
  /** How many conflicts are open in the organization; undefined until the first answer. */
  count: number | undefined;
  /** The last open conflict ended while this person was looking. */
  allResolved: boolean;
};

export const OpenConflictsContext = createContext<OpenConflicts>({ count: undefined, allResolved: false });

export function useOpenConflicts(): OpenConflicts {
  return useContext(OpenConflictsContext);
}

/** Watches the count and says it once, wherever the person is, when the last conflict has ended. */
export function useResolution(count: number | undefined): OpenConflicts {
  const { t } = useLingui();
  const announce = useAnnounce();
  const previous = useRef(count);
  const [allResolved, setAllResolved] = useState(false);
  useEffect(() => {
    const ended = Boolean(previous.current) && count === 0;
    if (count !== undefined) previous.current = count;
    if (ended) announce(t`All license conflicts are resolved`);
    if (ended || count) setAllResolved(ended);
  }, [count, announce, t]);
  return { count, allResolved };
}
