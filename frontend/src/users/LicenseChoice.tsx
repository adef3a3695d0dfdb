import { Checkbox, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import type { LicensesToGiveQuery } from "../gql/graphql";
import { abilityReason } from "../ui/abilities";
import type { UserDraft } from "./userDraft";

type Pool = NonNullable<NonNullable<NonNullable<LicensesToGiveQuery["licensePools"]["edges"]>[number]>["node"]>;

type Chosen = Pick<UserDraft, "productIds" | "waitingIds">;

type LicenseChoiceProps = {
  pools: readonly Pool[];
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
  org: string;
};

const useStyles = makeStyles({
  group: { display: "flex", flexDirection: "column", border: "none", margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  link: { color: tokens.colorBrandForegroundLink },
  unavailable: { "& label": { color: tokens.colorNeutralForegroundDisabled }, "& > div": { opacity: 0.5 } },
  note: { paddingInlineStart: "34px", color: tokens.colorNeutralForeground2 },
  wait: { marginInlineStart: "26px" },
});

/** The products to give. What has no license left stays in its place, says why, and can be waited for. */
export function LicenseChoice({ pools, chosen, onChange, org }: LicenseChoiceProps) {
  const styles = useStyles();
  const standing = standingChoice(pools, chosen);
  const toggle = ({ product, available }: Pool) => {
    const list = available > 0 ? "productIds" : "waitingIds";
    const before = standing[list];
    const after = before.includes(product.id) ? before.filter((id) => id !== product.id) : [...before, product.id];
    onChange({ ...standing, [list]: after });
  };
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        <Trans>Licenses</Trans>
      </legend>
      {pools.map((pool) =>
        pool.available > 0 ? (
          <Choice
            key={pool.id}
            pool={pool}
            checked={standing.productIds.includes(pool.product.id)}
            onToggle={() => toggle(pool)}
          />
        ) : (
          <Exhausted
            key={pool.id}
            pool={pool}
            waits={standing.waitingIds.includes(pool.product.id)}
            onToggle={() => toggle(pool)}
            org={org}
          />
        ),
      )}
    </fieldset>
  );
}

/** What still holds of a choice: a license that is gone meanwhile is not given, one that is free by now need not be waited for. */
export function standingChoice(pools: readonly Pool[], { productIds, waitingIds }: Chosen): Chosen {
  const ids = (which: (pool: Pool) => boolean) => pools.filter(which).map(({ product }) => product.id);
  const given = ids(({ available, product: { id } }) => available > 0 && (productIds.includes(id) || waitingIds.includes(id)));
  return { productIds: given, waitingIds: ids(({ available, product: { id } }) => available === 0 && waitingIds.includes(id)) };
}

type ChoiceProps = { pool: Pool; checked: boolean; onToggle: () => void };

function Choice({ pool, checked, onToggle }: ChoiceProps) {
  const styles = useStyles();
  const noteId = useId();
  const denied = abilityReason(pool.can, "ASSIGN_LICENSES");
  return (
    <>
      <Checkbox
        className={denied === undefined ? undefined : styles.unavailable}
        label={pool.product.name}
        checked={checked}
        aria-disabled={denied !== undefined}
        aria-describedby={noteId}
        onChange={() => denied === undefined && onToggle()}
      />
      <Text id={noteId} size={200} className={styles.note}>
        {denied ?? <Plural value={pool.available} one="# available" other="# available" />}
      </Text>
    </>
  );
}

type ExhaustedProps = { pool: Pool; waits: boolean; onToggle: () => void; org: string };

function Exhausted({ pool, waits, onToggle, org }: ExhaustedProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const noteId = useId();
  const { name } = pool.product;
  return (
    <>
      <Checkbox className={styles.unavailable} label={name} checked={false} aria-disabled aria-describedby={noteId} />
      <Text id={noteId} size={200} className={styles.note}>
        <Trans>No license is available.</Trans>{" "}
        <Link
          to="/o/$org/subscriptions"
          params={{ org }}
          search={{ pool: pool.id, intent: "buy" }}
          className={styles.link}
          aria-label={t`Buy licenses first: ${name}`}
        >
          <Trans>Buy licenses first</Trans>
        </Link>
      </Text>
      <Checkbox
        className={styles.wait}
        label={t`Wait for a license`}
        aria-label={t`Wait for a license: ${name}`}
        checked={waits}
        onChange={onToggle}
      />
    </>
  );
}
