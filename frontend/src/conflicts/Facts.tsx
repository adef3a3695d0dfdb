import { makeStyles, tokens } from "@fluentui/react-components";
import { Fragment, type ReactNode } from "react";

/** A term and what it is. */
export type Fact = readonly [term: string, value: ReactNode];

const useStyles = makeStyles({
  facts: {
    display: "grid",
    gridTemplateColumns: "fit-content(45%) minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalS,
    margin: 0,
    "& dt": { color: tokens.colorNeutralForeground2 },
    "& dd": { margin: 0, fontVariantNumeric: "tabular-nums" },
  },
});

export function Facts({ facts }: { facts: readonly (Fact | undefined)[] }) {
  const styles = useStyles();
  const known = facts.filter((fact) => fact !== undefined);
  if (known.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {known.map(([term, value]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
