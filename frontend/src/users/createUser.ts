import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { tellChange } from "../api/changes";
import { useKeyPerInput } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import { CreateUserDocument, RefusalFragmentDoc } from "../gql/graphql";
import type { Failure } from "../ui/failure";
import { useFormats } from "../ui/format";
import { useSayToast } from "../ui/undoToast";
import type { UserDraft } from "./userDraft";

type Waiting = { position: number; product: { name: string } };

/** Adds a user, once however often the same is sent; whether it was done. */
export function useCreateUser() {
  const [{ fetching: busy }, send] = useMutation(CreateUserDocument);
  const [failure, setFailure] = useState<Failure>();
  const keyFor = useKeyPerInput();
  const say = useSayToast();
  const added = useAddedText();
  const create = async ({ productIds, waitingIds, ...person }: UserDraft): Promise<boolean> => {
    const input = { ...person, productIds: [...productIds, ...waitingIds], waitIfNone: waitingIds.length > 0 };
    const { data, error } = await send({ input: { ...input, idempotencyKey: keyFor(JSON.stringify(input)) } });
    const refusals = readFragment(RefusalFragmentDoc, data?.createUser.userErrors ?? []);
    if (!data || refusals.length > 0) {
      setFailure({ refusals, error });
      return false;
    }
    say("success", added(person.displayName, data.createUser.user?.waitingFor ?? []));
    tellChange();
    return true;
  };
  return { create, busy, failure };
}

function useAddedText(): (name: string, waiting: readonly Waiting[]) => string {
  const { t, i18n } = useLingui();
  const { number } = useFormats();
  return (name, waiting) => {
    if (waiting.length === 0) return t`${name} is added.`;
    const places = waiting.map(({ product, position }) => t`${product.name} (number ${number(position)} in line)`);
    return t`${name} is added, and waits for ${new Intl.ListFormat(i18n.locale).format(places)}.`;
  };
}
