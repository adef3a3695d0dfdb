import type { AffectedUsersQuery } from "../gql/graphql";

type Affected = Extract<NonNullable<AffectedUsersQuery["node"]>, { __typename: "Conflict" }>["affectedUsers"];

/** A user without a valid license as a page of them is read. */
export type AffectedUser = Affected["nodes"][number];
