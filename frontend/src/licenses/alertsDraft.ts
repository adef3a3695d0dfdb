import { useState } from "react";
import { type Alerts, parseThreshold, sameAlerts } from "./alerts";

/** What is being entered over the alerts that were seen. What somebody else sets meanwhile is followed where nothing gets lost. */
export function useAlertsDraft(now: Alerts) {
  const [seen, setSeen] = useState(now);
  const [muted, setMuted] = useState(now.muted);
  const [typed, setTyped] = useState(thresholdText(now));
  const freeThreshold = parseThreshold(typed);
  const entered = freeThreshold === undefined ? undefined : { muted, freeThreshold };
  const stale = !sameAlerts(now, seen);
  const keepMine = () => setSeen(now);
  const takeTheirs = () => {
    setSeen(now);
    setMuted(now.muted);
    setTyped(thresholdText(now));
  };
  if (stale && entered && (sameAlerts(entered, seen) || sameAlerts(entered, now))) takeTheirs();
  return { muted, setMuted, typed, setTyped, entered, stale, keepMine, takeTheirs };
}

function thresholdText({ freeThreshold }: Alerts): string {
  return String(freeThreshold ?? "");
}
