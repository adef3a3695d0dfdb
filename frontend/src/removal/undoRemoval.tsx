import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useClient } from "urql";
import { readFragment } from "../gql/fragment-masking";
import { RefusalFragmentDoc, UndoRemovalDocument } from "../gql/graphql";
import { useOfferUndoToast, useSayToast } from "../ui/undoToast";
import { draftOf, finish, type RemovalOutcome } from "./removalDraft";

/** Offers, for a while, to give the licenses back to the same users. */
export function useOfferUndo(pool: string): (outcome: RemovalOutcome) => void {
  const { t } = useLingui();
  const client = useClient();
  const offer = useOfferUndoToast();
  const say = useSayToast();

  const undo = async (outcome: RemovalOutcome) => {
    for (const removalId of outcome.removals.toReversed()) {
      const { data, error } = await client.mutation(UndoRemovalDocument, { input: { removalId, idempotencyKey: removalId } });
      const [refusal] = readFragment(RefusalFragmentDoc, data?.undoRemoval.userErrors ?? []);
      if (refusal) return say("error", `${refusal.message} ${refusal.fix}`);
      if (error) return say("error", t`The removal could not be undone. Try again.`);
    }
    if (draftOf(pool).outcome) finish(pool, { ...outcome, undone: true });
    say("success", t`The removal was undone`);
  };

  return (outcome) => {
    if (outcome.removals.length === 0) return;
    const { removedCount } = outcome;
    offer(t`Licenses were removed from ${plural(removedCount, { one: "# user", other: "# users" })}.`, () => void undo(outcome));
  };
}
