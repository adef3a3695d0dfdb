import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { tellChange } from "../api/changes";
import { useKeyPerInput } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import { type PoolRowFragment, RefusalFragmentDoc, SetPoolAlertsDocument } from "../gql/graphql";
import type { Failure } from "../ui/failure";
import { useSayToast } from "../ui/undoToast";
import type { Alerts } from "./alerts";

/** Sets a product's alerts on the state that was shown, once however often the same is sent; whether it was done. */
export function useSetAlerts({ id, version, product: { name } }: PoolRowFragment) {
  const { t } = useLingui();
  const [{ fetching: busy }, send] = useMutation(SetPoolAlertsDocument);
  const [failure, setFailure] = useState<Failure>();
  const keyFor = useKeyPerInput();
  const say = useSayToast();
  const set = async (alerts: Alerts): Promise<boolean> => {
    const input = { ...alerts, poolId: id, expectedVersion: version };
    const { data, error } = await send({ input: { ...input, idempotencyKey: keyFor(JSON.stringify(input)) } });
    const refusals = readFragment(RefusalFragmentDoc, data?.setPoolAlerts.userErrors ?? []);
    if (data && refusals.length === 0) {
      say("success", t`The alerts of ${name} are saved.`);
      return true;
    }
    if (refusals.some(({ code }) => code === "CHANGED_MEANWHILE")) tellChange(); // the page reads the newer state
    setFailure({ refusals, error });
    return false;
  };
  return { set, busy, failure, forget: () => setFailure(undefined) };
}
