import { useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { tellChange } from "../api/changes";
import { newIdempotencyKey } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import { RefusalFragmentDoc, RestoreUserDocument } from "../gql/graphql";
import { useSayToast } from "../ui/undoToast";

/** Brings a deleted user back and says which licenses were not available any more. */
export function useRestoreUser(onRestored: () => void): (user: { id: string; displayName: string }) => Promise<void> {
  const { t, i18n } = useLingui();
  const [, send] = useMutation(RestoreUserDocument);
  const say = useSayToast();
  return async ({ id, displayName }) => {
    const { data } = await send({ input: { userId: id, idempotencyKey: newIdempotencyKey() } });
    if (!data) return say("error", t`${displayName} could not be restored. Try again.`);
    const { userErrors, withoutLicenses } = data.restoreUser;
    const [refusal] = readFragment(RefusalFragmentDoc, userErrors);
    if (refusal) return say("error", `${refusal.message} ${refusal.fix}`);
    const missing = new Intl.ListFormat(i18n.locale).format((withoutLicenses ?? []).map(({ name }) => name));
    if (missing) say("warning", t`${displayName} is restored, without ${missing}: no license is available.`);
    else say("success", t`${displayName} is restored.`);
    onRestored();
    tellChange();
  };
}
