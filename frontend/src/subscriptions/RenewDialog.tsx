import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { readFragment } from "../gql/fragment-masking";
import { SubscriptionFactsFragmentDoc, SubscriptionToChangeDocument } from "../gql/graphql";
import { EmptyState } from "../ui/EmptyState";
import { LoadingRows } from "../ui/LoadingRows";
import { QueryError } from "../ui/QueryError";
import { useReturnedFocus } from "../ui/useReturnedFocus";
import type { Done } from "./CostReview";
import { useSubscriptionNames } from "./names";
import { RenewForm } from "./RenewForm";
import { RenewReview } from "./RenewReview";

type RenewDialogProps = { id: string; org: string; onClose: () => void };

/** Renews one expired or disabled subscription. It is open while its id stands in the address. */
export function RenewDialog({ id, org, onClose }: RenewDialogProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [done, setDone] = useState<Done>();
  const [{ data, error }, read] = useQuery({ query: SubscriptionToChangeDocument, variables: { id } });
  const nameOf = useSubscriptionNames();
  const node = data?.node;
  const found = node?.__typename === "LicenseSubscription" ? readFragment(SubscriptionFactsFragmentDoc, node) : undefined;
  useReturnedFocus();
  const leave = () => (done ? void navigate({ to: "/o/$org/licenses", params: { org } }) : onClose());
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && leave()}>
      <DialogSurface>
        {done && found ? (
          <RenewReview done={done} name={nameOf(found)} onClose={leave} />
        ) : (
          <DialogBody>
            <DialogTitle>{found ? t`Renew ${nameOf(found)}` : t`Renew`}</DialogTitle>
            {found ? (
              <RenewForm
                subscription={found}
                onDone={setDone}
                onCancel={onClose}
                onStale={() => read({ requestPolicy: "network-only" })}
              />
            ) : (
              <DialogContent>
                {error && <QueryError error={error} onRetry={() => read({ requestPolicy: "network-only" })} />}
                {!error && !data && <LoadingRows count={3} />}
                {data && <EmptyState title={t`There is no such subscription`} />}
              </DialogContent>
            )}
          </DialogBody>
        )}
      </DialogSurface>
    </Dialog>
  );
}
