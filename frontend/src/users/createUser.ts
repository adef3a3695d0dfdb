import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { type CombinedError, useMutation } from "urql";
import { tellChange } from "../api/changes";
import { useKeyPerInput } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import { CreateUserDocument, type RefusalFragment, RefusalFragmentDoc } from "../gql/graphql";
import { useSayToast } from "../ui/undoToast";
import type { UserDraft } from "./userDraft";

type Failure = { refusals: readonly RefusalFragment[]; error: CombinedError | undefined };

/** Adds a user, once however often the same is sent; whether it was done. */
export function useCreateUser() {
  const { t } = useLingui();
  const [{ fetching: busy }, send] = useMutation(CreateUserDocument);
  const [failure, setFailure] = useState<Failure>();
  const keyFor = useKeyPerInput();
  const say = useSayToast();
  const create = async ({ productIds, ...person }: UserDraft): Promise<boolean> => {
    const input = { ...person, productIds: [...productIds] };
    const { data, error } = await send({ input: { ...input, idempotencyKey: keyFor(JSON.stringify(input)) } });
    const refusals = readFragment(RefusalFragmentDoc, data?.createUser.userErrors ?? []);
    if (!data || refusals.length > 0) {
      setFailure({ refusals, error });
      return false;
    }
    say("success", t`${person.displayName} is added.`);
    tellChange();
    return true;
  };
  return { create, busy, failure };
}
