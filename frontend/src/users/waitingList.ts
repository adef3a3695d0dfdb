import { useState } from "react";
import { type CombinedError, useMutation } from "urql";
import { tellChange } from "../api/changes";
import { newIdempotencyKey } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import {
  AskForLicenseDocument,
  type AskForLicenseMutation,
  LeaveWaitingListDocument,
  type LeaveWaitingListMutation,
  RefusalFragmentDoc,
} from "../gql/graphql";
import type { Failure } from "../ui/failure";

type Product = { id: string; name: string };
type Answer = LeaveWaitingListMutation["leaveWaitingList"] | AskForLicenseMutation["assignLicenses"];

/** Takes a user off waiting lists, and back to their ends; which ones the user has left here. */
export function useWaitingList(userId: string) {
  const [{ fetching: leaving }, sendLeave] = useMutation(LeaveWaitingListDocument);
  const [{ fetching: asking }, sendAsk] = useMutation(AskForLicenseDocument);
  const [left, setLeft] = useState<readonly Product[]>([]);
  const [failure, setFailure] = useState<Failure>();
  const busy = leaving || asking;
  const inputFor = ({ id }: Product) => ({ productId: id, userIds: [userId], idempotencyKey: newIdempotencyKey() });

  /** Tells what an answer has changed, or why it has changed nothing; whether it has. */
  const settle = (answer: Answer | undefined, error: CombinedError | undefined): boolean => {
    const refusals = readFragment(RefusalFragmentDoc, answer?.userErrors ?? []);
    const done = answer !== undefined && refusals.length === 0;
    setFailure(done ? undefined : { refusals, error });
    if (done) tellChange();
    return done;
  };

  /** Who also waits through a group stays; the panel, read again, then says so. */
  const leave = async (product: Product) => {
    if (busy) return;
    const { data, error } = await sendLeave({ input: inputFor(product) });
    const done = settle(data?.leaveWaitingList, error);
    if (done && data?.leaveWaitingList.leftCount) setLeft((before) => [...before, product]);
  };

  const askAgain = async (product: Product) => {
    if (busy) return;
    const { data, error } = await sendAsk({ input: { ...inputFor(product), waitIfNone: true } });
    if (settle(data?.assignLicenses, error)) setLeft((before) => before.filter(({ id }) => id !== product.id));
  };

  return { left, leave, askAgain, busy, failure };
}
