import type { CombinedError } from "urql";
import type { RefusalFragment } from "../gql/graphql";

/** Why a change was not made: the server's reasons, or that no answer came. */
export type Failure = { refusals: readonly RefusalFragment[]; error: CombinedError | undefined };
