import { Checkbox, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import type { LicensesToGiveQuery } from "../gql/graphql";
import { abilityReason } from "../ui/abilities";

type Pool = NonNullable<NonNullable<NonNullable<LicensesToGiveQuery["licensePools"]["edges"]>[number]>["node"]>;

type LicenseChoiceProps = {
  pools: readonly Pool[];
  chosen: readonly string[];
  onChange: (productIds: string[]) => void;
  org: string;
};

const useStyles = makeStyles({
  group: { display: "flex", flexDirection: "column", border: "none", margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  link: { color: tokens.colorBrandForegroundLink },
  unavailable: { "& label": { color: tokens.colorNeutralForegroundDisabled }, "& > div": { opacity: 0.5 } },
  note: { paddingInlineStart: "34px", color: tokens.colorNeutralForeground2 },
});

/** The products to give. What has no license left stays in its place and says why. */
export function LicenseChoice({ pools, chosen, onChange, org }: LicenseChoiceProps) {
  const styles = useStyles();
  const available = new Set(pools.filter((pool) => pool.available > 0).map(({ product }) => product.id));
  const standing = chosen.filter((id) => available.has(id));
  const toggle = (id: string) => onChange(standing.includes(id) ? standing.filter((other) => other !== id) : [...standing, id]);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        <Trans>Licenses</Trans>
      </legend>
      {pools.map((pool) => (
        <Choice key={pool.id} pool={pool} checked={standing.includes(pool.product.id)} onToggle={toggle} org={org} />
      ))}
    </fieldset>
  );
}

type ChoiceProps = { pool: Pool; checked: boolean; onToggle: (productId: string) => void; org: string };

function Choice({ pool, checked, onToggle, org }: ChoiceProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const noteId = useId();
  const denied = abilityReason(pool.can, "ASSIGN_LICENSES");
  const exhausted = pool.available === 0;
  const disabled = exhausted || denied !== undefined;
  return (
    <>
      <Checkbox
        className={disabled ? styles.unavailable : undefined}
        label={pool.product.name}
        checked={checked}
        aria-disabled={disabled}
        aria-describedby={noteId}
        onChange={() => !disabled && onToggle(pool.product.id)}
      />
      <Text id={noteId} size={200} className={styles.note}>
        {exhausted ? (
          <>
            <Trans>No license is available.</Trans>{" "}
            <Link
              to="/o/$org/subscriptions"
              params={{ org }}
              search={{ pool: pool.id, intent: "buy" }}
              className={styles.link}
              aria-label={t`Buy licenses first: ${pool.product.name}`}
            >
              <Trans>Buy licenses first</Trans>
            </Link>
          </>
        ) : (
          (denied ?? <Plural value={pool.available} one="# available" other="# available" />)
        )}
      </Text>
    </>
  );
}
