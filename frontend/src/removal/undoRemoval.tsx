import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useClient } from "urql";
import { readFragment } from "../gql/fragment-masking";
import { RefusalFragmentDoc, UndoRemovalDocument } from "../gql/graphql";
import { useOfferUndoToast, useSayToast } from "../ui/undoToast";

/** What was removed, by the ids of the removals. */
type Removed = { removedCount: number; removals: readonly string[] };

/** Offers, for a while, to give the licenses back to the same users. */
export function useOfferUndo(onUndone: () => void): (removed: Removed) => void {
  const { t } = useLingui();
  const client = useClient();
  const offer = useOfferUndoToast();
  const say = useSayToast();

  const undo = async (removals: readonly string[]) => {
    for (const removalId of removals.toReversed()) {
      const { data, error } = await client.mutation(UndoRemovalDocument, { input: { removalId, idempotencyKey: removalId } });
      const [refusal] = readFragment(RefusalFragmentDoc, data?.undoRemoval.userErrors ?? []);
      if (refusal) return say("error", `${refusal.message} ${refusal.fix}`);
      if (error) return say("error", t`The removal could not be undone. Try again.`);
    }
    onUndone();
    say("success", t`The removal was undone`);
  };

  return ({ removedCount, removals }) => {
    if (removals.length === 0) return;
    const message = t`Licenses were removed from ${plural(removedCount, { one: "# user", other: "# users" })}.`;
    offer(message, () => void undo(removals));
  };
}
