import { Combobox, Field, makeStyles, Option, Text, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useFormats } from "../ui/format";
import { findProducts, type Product } from "./catalog";

type ProductFieldProps = {
  products: readonly Product[];
  chosen: Product | undefined;
  /** The currency that a product needs a price in; undefined for those who may not see prices. */
  currency: string | undefined;
  fault: string | undefined;
  onChoose: (productId: string) => void;
};

const useStyles = makeStyles({
  box: { width: "100%", maxWidth: "480px", minWidth: 0 },
  option: { display: "flex", flexDirection: "column", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: { padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`, color: tokens.colorNeutralForeground2 },
});

/** A product of the catalog, found by typing. What has no price stays in its place and says so. */
export function ProductField({ products, chosen, currency, fault, onChoose }: ProductFieldProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { money } = useFormats();
  const [typed, setTyped] = useState<string>();
  const { found, more } = findProducts(products, typed ?? "");
  const noPrice = currency !== undefined ? t`Has no price in ${currency}, so it cannot be bought` : undefined;
  return (
    <Field label={t`Product`} {...(fault !== undefined && { validationMessage: fault, validationState: "error" as const })}>
      <Combobox
        className={styles.box}
        expandIcon={{ "aria-label": t`Show the catalog`, tabIndex: -1 }}
        placeholder={t`Search the catalog`}
        value={typed ?? chosen?.name ?? ""}
        selectedOptions={chosen ? [chosen.id] : []}
        onChange={({ target }) => setTyped(target.value)}
        onOptionSelect={(_, { optionValue }) => {
          setTyped(undefined);
          if (optionValue) onChoose(optionValue);
        }}
        onBlur={() => setTyped(undefined)}
      >
        {found.map((product) => {
          const unpriced = product.price ? undefined : noPrice;
          const note = product.price ? t`${money(product.price)} per license and month` : unpriced;
          return (
            <Option key={product.id} value={product.id} text={product.name} disabled={unpriced !== undefined}>
              <span className={styles.option}>
                <Text>{product.name}</Text>
                {note && (
                  <Text size={200} className={styles.quiet}>
                    {note}
                  </Text>
                )}
              </span>
            </Option>
          );
        })}
        {(found.length === 0 || more > 0) && (
          <Option disabled value="" text="" checkIcon={null} className={styles.more}>
            {found.length === 0 ? (
              <Trans>No product is called “{typed}”</Trans>
            ) : (
              <Trans>{more} more: type more of the name</Trans>
            )}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
