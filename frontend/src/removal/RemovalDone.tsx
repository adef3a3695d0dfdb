import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { PoolToRemoveFromFragment } from "../gql/graphql";
import { ActionLink } from "../ui/Actions";
import { Card } from "../ui/Card";
import type { RemovalOutcome } from "./removalDraft";

type RemovalDoneProps = { pool: PoolToRemoveFromFragment; outcome: RemovalOutcome; org: string };

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: tokens.spacingVerticalL },
});

/** The last step: what was done and what is left of the conflict now. */
export function RemovalDone({ pool, outcome, org }: RemovalDoneProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { removedCount, undone } = outcome;
  const removed = t`Licenses were removed from ${plural(removedCount, { one: "# user", other: "# users" })}.`;
  return (
    <Card padded>
      <div className={styles.content}>
        <Text size={400} weight="semibold">
          {undone ? t`The removal was undone: the users have their licenses again.` : removed}
        </Text>
        <Text>
          {pool.shortfall === 0 ? (
            <Trans>No user of {pool.product.name} is without a valid license.</Trans>
          ) : (
            <Plural
              value={pool.shortfall}
              one="# user still needs a valid license."
              other="# users still need a valid license."
            />
          )}
        </Text>
        <ActionLink to="/o/$org/licenses" params={{ org }} state={{ product: pool.product.id }} appearance="primary">
          <Trans>Done</Trans>
        </ActionLink>
      </div>
    </Card>
  );
}
