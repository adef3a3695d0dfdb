import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { useDataLossWarning } from "./DataLoss";

type ConfirmRemovalProps = { open: boolean; count: number; product: string; onYes: () => void; onNo: () => void };

/** Yes acknowledges that data is lost. */
export function ConfirmRemoval({ open, count, product, onYes, onNo }: ConfirmRemovalProps) {
  const { t } = useLingui();
  const warning = useDataLossWarning();
  return (
    <ConfirmDialog open={open} title={t`Remove licenses?`} onYes={onYes} onNo={onNo}>
      <span>
        <Plural
          value={count}
          one={<Trans># user loses {product} and its data.</Trans>}
          other={<Trans># users lose {product} and its data.</Trans>}
        />
      </span>
      <span>{warning}</span>
    </ConfirmDialog>
  );
}
