import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import type { SubscriptionFactsFragment, SubscriptionState } from "../gql/graphql";
import { useFormats } from "../ui/format";
import { useStateNames } from "./SubscriptionState";

const stages: readonly SubscriptionState[] = ["ACTIVE", "EXPIRED", "DISABLED", "DELETED"];

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "repeat(4, 1fr)",
    margin: 0,
    padding: 0,
    listStyle: "none",
    "@media (max-width: 480px)": { gridTemplateColumns: "1fr", rowGap: tokens.spacingVerticalS },
  },
  stage: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXS,
    paddingBlockStart: tokens.spacingVerticalS,
    paddingInlineEnd: tokens.spacingHorizontalS,
    borderTop: `4px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
  },
  past: { borderTop: `4px solid ${tokens.colorNeutralForeground3}` },
  current: { borderTop: `4px solid ${tokens.colorStatusWarningBorderActive}`, color: tokens.colorNeutralForeground1 },
});

/** Active, expired, disabled, deleted: where the subscription stands, and the day of each step. */
export function LifeTimeline({ subscription }: { subscription: SubscriptionFactsFragment }) {
  const styles = useStyles();
  const { t } = useLingui();
  const { day } = useFormats();
  const names = useStateNames();
  const { termEnd, accessUntil, deletedOn, state } = subscription;
  const today = stages.indexOf(state);
  const begins = [undefined, termEnd, accessUntil, deletedOn];
  return (
    <ol className={styles.list} aria-label={t`From active to deleted`}>
      {stages.map((stage, index) => {
        const from = begins[index];
        return (
          <li
            key={stage}
            className={mergeClasses(styles.stage, index < today && styles.past, index === today && styles.current)}
            aria-current={index === today ? "step" : undefined}
          >
            <Text weight={index === today ? "semibold" : "regular"}>{names[stage]}</Text>
            <Text size={200}>{from ? t`from ${day(from)}` : t`until ${day(termEnd)}`}</Text>
          </li>
        );
      })}
    </ol>
  );
}
