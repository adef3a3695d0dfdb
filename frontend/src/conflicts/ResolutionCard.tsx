import { Button, makeStyles, Subtitle2, Text, tokens } from "@fluentui/react-components";
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ConflictFactsFragment, ResolutionFactsFragment } from "../gql/graphql";
import { DataLoss } from "../removal/DataLoss";
import { ActionButton } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { Card } from "../ui/Card";
import { useKindNames } from "./kindNames";
import { ResolutionFigures } from "./ResolutionFigures";
import { useLoss } from "./useLoss";

type ResolutionCardProps = {
  resolution: ResolutionFactsFragment;
  /** Its place among the proposals, from 1. */
  rank: number;
  conflict: ConflictFactsFragment;
  /** The organization's time. */
  now: string;
  /** The licenses have changed since: it cannot be applied, and what is possible now is on its way. */
  outdated: boolean;
  onApply: () => void;
  onShowUsers: () => void;
};

const useStyles = makeStyles({
  card: {
    display: "flex",
    "& > *": { flex: "1 1 auto", display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, minWidth: 0 },
  },
  heading: { margin: 0 },
  steps: { margin: 0, paddingInlineStart: "20px" },
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, marginBlockStart: "auto" },
});

/** One way to end the conflict: what it does, what it costs, what is lost. */
export function ResolutionCard({ resolution, rank, conflict, now, outdated, onApply, onShowUsers }: ResolutionCardProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { kind, steps, userCount, dataLoss, can } = resolution;
  const name = `${rank}. ${useKindNames()[kind]}`;
  const lost = useLoss(resolution, conflict, now);
  return (
    <li className={styles.card}>
      <Card padded>
        <Subtitle2 as="h3" className={styles.heading}>
          {name}
        </Subtitle2>
        <Steps steps={steps} />
        <ResolutionFigures resolution={resolution} shortfall={conflict.shortfall} />
        {dataLoss ? (
          <DataLoss lost={lost} />
        ) : (
          <Text>
            <Trans>No user data is deleted</Trans>
          </Text>
        )}
        <div className={styles.actions}>
          <ActionButton
            aria-label={t`Apply: ${name}`}
            disabledReason={
              abilityReason(can, "RESOLVE_CONFLICT") ?? (outdated ? t`What is possible now is being looked up` : undefined)
            }
            onClick={onApply}
          >
            <Trans>Apply</Trans>
          </ActionButton>
          {userCount > 0 && (
            <Button
              appearance="subtle"
              aria-haspopup="dialog"
              aria-label={t`${plural(userCount, { one: "Show # user", other: "Show # users" })}: ${name}`}
              onClick={onShowUsers}
            >
              <Plural value={userCount} one="Show # user" other="Show # users" />
            </Button>
          )}
        </div>
      </Card>
    </li>
  );
}

/** What it does, in the server's words; several things in their order. */
export function Steps({ steps }: { steps: ResolutionFactsFragment["steps"] }) {
  const styles = useStyles();
  const [only, ...others] = steps;
  if (others.length === 0) return <Text>{only?.reason}</Text>;
  return (
    <ol className={styles.steps}>
      {steps.map(({ reason }) => (
        <li key={reason}>{reason}</li>
      ))}
    </ol>
  );
}
