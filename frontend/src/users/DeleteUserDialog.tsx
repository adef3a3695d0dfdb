import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ActionButton } from "../ui/Actions";
import { LoadingRows } from "../ui/LoadingRows";
import { RefusalNotice } from "../ui/RefusalNotice";
import { useReturnedFocus } from "../ui/useReturnedFocus";
import { useDeleteUser, useDeletionPreview } from "./deleteUser";
import { FreedLicenses } from "./FreedLicenses";
import type { PanelUser } from "./panelUser";

type DeleteUserDialogProps = { user: PanelUser; onCancel: () => void; onDeleted: () => void };

const useStyles = makeStyles({ content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM } });

/** Says which licenses become free and which conflicts that ends. Deleting can be taken back for 30 days. */
export function DeleteUserDialog({ user, onCancel, onDeleted }: DeleteUserDialogProps) {
  const styles = useStyles();
  useReturnedFocus();
  const { t } = useLingui();
  const preview = useDeletionPreview(user.id);
  const { remove, busy, failure } = useDeleteUser(user);
  const [asked, setAsked] = useState(false);
  const confirm = async () => {
    if (busy || asked) return;
    setAsked(true);
    if (await remove()) onDeleted();
    setAsked(false);
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onCancel()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>
            <Trans>Delete {user.displayName}?</Trans>
          </DialogTitle>
          <DialogContent className={styles.content}>
            {failure && <RefusalNotice refusals={failure.refusals} error={failure.error} />}
            {preview ? <FreedLicenses preview={preview} /> : <LoadingRows count={1} />}
            <span>
              <Trans>
                The user can be restored for 30 days, with the licenses that are available then. After that, user and data are
                gone for good.
              </Trans>
            </span>
          </DialogContent>
          <DialogActions>
            <Button onClick={onCancel}>
              <Trans>Cancel</Trans>
            </Button>
            <ActionButton appearance="primary" onClick={confirm} disabledReason={busy ? t`The user is being deleted` : undefined}>
              <Trans>Delete user</Trans>
            </ActionButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
