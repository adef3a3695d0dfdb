import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { type FragmentType, readFragment } from "../gql/fragment-masking";
import { PoolRowFragmentDoc } from "../gql/graphql";
import { EmptyState } from "../ui/EmptyState";
import { useReturnedFocus } from "../ui/useReturnedFocus";
import { AlertsForm } from "./AlertsForm";

type AlertsDialogProps = { pool: FragmentType<typeof PoolRowFragmentDoc> | undefined; onClose: () => void };

/** Which alerts a product raises. It is open while its pool's id stands in the address. */
export function AlertsDialog({ pool: reference, onClose }: AlertsDialogProps) {
  const { t } = useLingui();
  const pool = reference && readFragment(PoolRowFragmentDoc, reference);
  useReturnedFocus();
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        {pool ? (
          <AlertsForm pool={pool} onClose={onClose} />
        ) : (
          <DialogBody>
            <DialogTitle>{t`Alerts`}</DialogTitle>
            <DialogContent>
              <EmptyState title={t`There is no such product`} />
            </DialogContent>
          </DialogBody>
        )}
      </DialogSurface>
    </Dialog>
  );
}
