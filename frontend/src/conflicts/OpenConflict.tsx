import { makeStyles, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import type { ConflictFactsFragment } from "../gql/graphql";
import { Card } from "../ui/Card";
import { AffectedGrid } from "./AffectedGrid";
import { ConflictFacts } from "./ConflictFacts";
import { Deadlines } from "./Deadlines";
import { Resolutions } from "./Resolutions";
import type { ResolutionOutcome } from "./resolutionOutcome";
import { Section } from "./Section";

type OpenConflictProps = {
  conflict: ConflictFactsFragment;
  /** The organization's time. */
  now: string;
  org: string;
  onDone: (outcome: ResolutionOutcome) => void;
};

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 400px), 1fr))",
    gap: tokens.spacingHorizontalL,
    "& > *": { minWidth: 0 },
  },
});

export function OpenConflict({ conflict, now, org, onDone }: OpenConflictProps) {
  const styles = useStyles();
  const { t } = useLingui();
  return (
    <>
      <div className={styles.columns}>
        <Card padded>
          <Section title={t`Why`}>
            <ConflictFacts conflict={conflict} />
          </Section>
        </Card>
        <Card padded>
          <Section title={t`Until when`}>
            <Deadlines conflict={conflict.id} />
          </Section>
        </Card>
      </div>
      <Section title={t`Ways to end it`}>
        <Resolutions conflict={conflict} now={now} org={org} onDone={onDone} />
      </Section>
      <Section title={t`Who needs a valid license`}>
        <Card>
          <AffectedGrid conflict={conflict.id} org={org} />
        </Card>
      </Section>
    </>
  );
}
