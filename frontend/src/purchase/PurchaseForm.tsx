import { Field, Input, makeStyles, Radio, RadioGroup, Switch, tokens } from "@fluentui/react-components";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { Term } from "../gql/graphql";
import { CostPreview } from "../subscriptions/CostPreview";
import { ConflictEffect } from "../subscriptions/Effects";
import { usePurchasePreview } from "../subscriptions/preview";
import { maximumTotal, parseTotal } from "../subscriptions/total";
import { ActionButton, ActionLink } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { useFormats } from "../ui/format";
import { RefusalNotice } from "../ui/RefusalNotice";
import { useViewer } from "../ui/viewer";
import type { Product } from "./catalog";
import { ProductField } from "./ProductField";
import { type Purchased, usePurchase } from "./purchase";

type PurchaseFormProps = {
  products: readonly Product[];
  currency: string | undefined;
  /** Users without a valid license, by product. */
  shortfalls: ReadonlyMap<string, number>;
  productId: string | undefined;
  onChoose: (productId: string) => void;
  onDone: (purchased: Purchased) => void;
  org: string;
};

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  total: { width: "160px" },
  actions: { display: "flex", justifyContent: "flex-end", gap: tokens.spacingHorizontalS },
});

/** Product, total, term and renewal; what that costs, by the server's dry run, before anything is bought. */
export function PurchaseForm({ products, currency, shortfalls, productId, onChoose, onDone, org }: PurchaseFormProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const can = useViewer()?.can ?? [];
  const [typed, setTyped] = useState("");
  const [term, setTerm] = useState<Term>("MONTHLY");
  const [autoRenew, setAutoRenew] = useState(true);
  const [outcome, setOutcome] = useState<Purchased>();
  const { purchase, busy } = usePurchase();
  const product = products.find(({ id }) => id === productId);
  const denied = abilityReason(can, "PURCHASE_SUBSCRIPTION");
  const priced = abilityReason(can, "SEE_COSTS") === undefined;
  const total = parseTotal(typed) || undefined; // none is nothing to buy
  const order = product && total !== undefined ? { productId: product.id, totalLicenses: total, term, autoRenew } : undefined;
  const preview = usePurchasePreview(denied === undefined ? order : undefined);
  const shortfall = shortfalls.get(product?.id ?? "") ?? 0;
  const disabledReason =
    (busy ? t`It is being submitted` : undefined) ??
    denied ??
    (product ? undefined : t`Choose a product`) ??
    (total === undefined ? t`Enter a whole number` : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (disabledReason !== undefined || !order) return;
    const result = await purchase(order);
    if (result.done) return onDone(result);
    setOutcome(result);
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {outcome && <RefusalNotice refusals={outcome.refusals} error={outcome.error} />}
      <ProductField
        products={products}
        chosen={product}
        currency={priced ? currency : undefined}
        fault={productId && !product ? t`There is no such product: choose another one` : undefined}
        onChoose={onChoose}
      />
      <TotalToBuy value={typed} shortfall={shortfall} fault={preview?.refusal?.message} onChange={setTyped} />
      <TermField value={term} onChange={setTerm} />
      <Switch label={t`Automatic renewal`} checked={autoRenew} onChange={(_, { checked }) => setAutoRenew(checked)} />
      {order && denied === undefined && (
        <CostPreview preview={preview}>
          <ConflictEffect preview={preview} inConflict={shortfall > 0} />
        </CostPreview>
      )}
      <div className={styles.actions}>
        <ActionLink to="/o/$org/subscriptions" params={{ org }}>
          <Trans>Cancel</Trans>
        </ActionLink>
        <ActionButton type="submit" appearance="primary" disabledReason={disabledReason}>
          <Trans>Submit</Trans>
        </ActionButton>
      </div>
    </form>
  );
}

type TotalToBuyProps = { value: string; shortfall: number; fault: string | undefined; onChange: (typed: string) => void };

/** How many; beside it what the product's conflict lacks, for the person to decide. */
function TotalToBuy({ value, shortfall, fault, onChange }: TotalToBuyProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { number } = useFormats();
  const invalid = value !== "" && !parseTotal(value) ? t`Enter a whole number from 1 to ${number(maximumTotal)}.` : undefined;
  const message = invalid ?? fault;
  const lacking = t`${plural(shortfall, {
    one: "# user needs a valid license: # license resolves the conflict.",
    other: "# users need a valid license: # licenses resolve the conflict.",
  })}`;
  return (
    <Field
      label={t`Total licenses`}
      hint={shortfall > 0 ? lacking : t`How many users are to have it.`}
      {...(message !== undefined && { validationMessage: message, validationState: "error" as const })}
    >
      <Input
        type="number"
        min={1}
        max={maximumTotal}
        step={1}
        className={styles.total}
        value={value}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  );
}

function TermField({ value, onChange }: { value: Term; onChange: (term: Term) => void }) {
  const { t } = useLingui();
  return (
    <Field label={t`Term`}>
      <RadioGroup value={value} onChange={(_, data) => onChange(data.value as Term)}>
        <Radio value="MONTHLY" label={t`Monthly: charged for a month at a time`} />
        <Radio value="ANNUAL" label={t`Annual: charged for a year at a time`} />
      </RadioGroup>
    </Field>
  );
}
