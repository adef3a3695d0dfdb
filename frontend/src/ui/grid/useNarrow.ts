import { useSyncExternalStore } from "react";
import { narrow } from "../CardTable";

const query = () => matchMedia(narrow.replace("@media ", ""));

/** Whether rows are cards, which are higher: the heights of rows that do not exist must be known. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches);
}

function subscribe(listener: () => void): () => void {
  const list = query();
  list.addEventListener("change", listener);
  return () => list.removeEventListener("change", listener);
}
