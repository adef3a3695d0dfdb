import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from "@fluentui/react-components";
import { Trans } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { CostReview, type Done } from "./CostReview";

type RenewReviewProps = { done: Done; name: string; onClose: () => void };

const useStyles = makeStyles({ content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL } });

/** After the renewal: what it costs from now on. Focus is on Close, for the button that was pressed is gone. */
export function RenewReview({ done, name, onClose }: RenewReviewProps) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <DialogBody>
      <DialogTitle>
        <Trans>Review your new monthly cost</Trans>
      </DialogTitle>
      <DialogContent className={useStyles().content}>
        <Text>{name}</Text>
        <CostReview {...done} />
      </DialogContent>
      <DialogActions>
        <Button ref={close} appearance="primary" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
