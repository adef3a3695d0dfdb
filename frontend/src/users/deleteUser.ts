import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { type Client, useClient, useMutation } from "urql";
import { tellChange } from "../api/changes";
import { newIdempotencyKey } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import { ConflictsBeforeDocument, DeleteUsersDocument, PreviewDeleteUsersDocument, RefusalFragmentDoc } from "../gql/graphql";
import type { Failure } from "../ui/failure";
import { useOfferUndoToast } from "../ui/undoToast";
import { useRestoreUser } from "./restoreUser";

export type DeletionPreview = {
  /** Each license that becomes free, with the users of its product that need a valid one, before and after. */
  freed: { product: string; before: number; after: number }[];
  failure?: Failure;
};

/** What deleting the user would free, by the server's dry run of it; undefined until it is known. */
export function useDeletionPreview(userId: string): DeletionPreview | undefined {
  const client = useClient();
  const [preview, setPreview] = useState<DeletionPreview>();
  useEffect(() => {
    let wanted = true;
    previewDeletion(client, userId).then((answer) => wanted && setPreview(answer));
    return () => {
      wanted = false;
    };
  }, [client, userId]);
  return preview;
}

async function previewDeletion(client: Client, userId: string): Promise<DeletionPreview> {
  const [conflicts, deletion] = await Promise.all([
    client.query(ConflictsBeforeDocument, {}, { requestPolicy: "network-only" }),
    client.mutation(PreviewDeleteUsersDocument, { input: { userIds: [userId], dryRun: true } }),
  ]);
  const answer = deletion.data?.deleteUsers;
  const refusals = readFragment(RefusalFragmentDoc, answer?.userErrors ?? []);
  if (!answer || refusals.length > 0) return { freed: [], failure: { refusals, error: deletion.error } };
  const open = (conflicts.data?.conflicts.edges ?? []).flatMap((edge) => edge?.node ?? []);
  const shortfalls = new Map(open.map(({ product, shortfall }) => [product.partNumber, shortfall]));
  const freed = (answer.pools ?? []).map(({ product, conflict }) => ({
    product: product.name,
    before: shortfalls.get(product.partNumber) ?? 0,
    after: conflict?.shortfall ?? 0,
  }));
  return { freed };
}

/** Deletes the user, once however often it is sent, and offers to take it back; whether it was done. */
export function useDeleteUser(user: { id: string; displayName: string }) {
  const { t } = useLingui();
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [{ fetching: busy }, send] = useMutation(DeleteUsersDocument);
  const [failure, setFailure] = useState<Failure>();
  const offerUndo = useOfferUndoToast();
  const restore = useRestoreUser(() => {});
  const remove = async (): Promise<boolean> => {
    const { data, error } = await send({ input: { userIds: [user.id], idempotencyKey } });
    const refusals = readFragment(RefusalFragmentDoc, data?.deleteUsers.userErrors ?? []);
    if (!data || refusals.length > 0) {
      setFailure({ refusals, error });
      return false;
    }
    offerUndo(t`${user.displayName} is deleted.`, () => void restore(user));
    tellChange();
    return true;
  };
  return { remove, busy, failure };
}
