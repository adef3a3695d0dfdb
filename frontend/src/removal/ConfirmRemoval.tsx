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
import { Plural, Trans } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { useReturnedFocus } from "../ui/useReturnedFocus";
import { useDataLossWarning } from "./DataLoss";

type ConfirmRemovalProps = { open: boolean; count: number; product: string; onYes: () => void; onNo: () => void };

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
});

/** The last question. It starts on No, and leaving it in any other way is a No, too. */
export function ConfirmRemoval({ open, count, product, onYes, onNo }: ConfirmRemovalProps) {
  const styles = useStyles();
  const warning = useDataLossWarning();
  return (
    <Dialog modalType="alert" open={open} onOpenChange={(_, { open: stays }) => !stays && onNo()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>
            <Trans>Remove licenses?</Trans>
          </DialogTitle>
          <DialogContent className={styles.content}>
            <span>
              <Plural
                value={count}
                one={<Trans># user loses {product} and its data.</Trans>}
                other={<Trans># users lose {product} and its data.</Trans>}
              />
            </span>
            <span>{warning}</span>
          </DialogContent>
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
