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
import { Trans } from "@lingui/react/macro";
import { type ReactNode, useEffect, useRef } from "react";
import { useReturnedFocus } from "./useReturnedFocus";

type ConfirmDialogProps = {
  open: boolean;
  title: string;
  /** What a Yes does. */
  children: ReactNode;
  onYes: () => void;
  onNo: () => void;
};

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
});

/** The last question. It starts on No, and leaving it in any other way is a No, too. */
export function ConfirmDialog({ open, title, children, onYes, onNo }: ConfirmDialogProps) {
  const styles = useStyles();
  return (
    <Dialog modalType="alert" open={open} onOpenChange={(_, { open: stays }) => !stays && onNo()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>{children}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onYes}>
              <Trans>Yes</Trans>
            </Button>
            <NoButton onNo={onNo} />
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** The dialog gives focus to its first button after this effect; No takes it right after that. */
function NoButton({ onNo }: { onNo: () => void }) {
  useReturnedFocus();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => queueMicrotask(() => button.current?.focus()), []);
  return (
    <Button ref={button} onClick={onNo}>
      <Trans>No</Trans>
    </Button>
  );
}
