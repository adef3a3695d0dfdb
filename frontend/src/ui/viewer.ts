import { createContext, useContext } from "react";
import type { ShellQuery } from "../gql/graphql";

export type ShellViewer = ShellQuery["viewer"];

export const ViewerContext = createContext<ShellViewer | undefined>(undefined);

/** Who is signed in; undefined until the first answer. */
export function useViewer(): ShellViewer | undefined {
  return useContext(ViewerContext);
}
