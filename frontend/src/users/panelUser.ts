import type { UserPanelQuery } from "../gql/graphql";

/** A user as the panel reads it. */
export type PanelUser = Extract<NonNullable<UserPanelQuery["node"]>, { __typename: "User" }>;
