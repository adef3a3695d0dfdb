import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useId, useState } from "react";
import { useQuery } from "urql";
import { useOnChange } from "../api/changes";
import { ExplainDocument } from "../gql/graphql";
import { useFormats } from "../ui/format";
import { LoadingRows } from "../ui/LoadingRows";
import { QueryError } from "../ui/QueryError";

type WhyProps = { userId: string; plan: { id: string; name: string }; children: ReactNode };

const useStyles = makeStyles({
  line: { display: "flex", flexWrap: "wrap", alignItems: "center" },
  why: { minWidth: "auto", color: tokens.colorBrandForegroundLink },
  answer: {
    display: "flex",
    flexDirection: "column",
    marginBlock: tokens.spacingVerticalXXS,
    paddingInlineStart: tokens.spacingHorizontalM,
    borderLeft: `${tokens.strokeWidthThick} solid ${tokens.colorNeutralStroke2}`,
  },
});

/** How a user stands to a service, with the question why: the change that made it so, who did it, and until when. */
export function Why({ userId, plan, children }: WhyProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const answerId = useId();
  return (
    <>
      <span className={styles.line}>
        <Text>{children}</Text>
        <Button
          appearance="transparent"
          size="small"
          className={styles.why}
          aria-label={t`Why? ${plan.name}`}
          aria-expanded={open}
          aria-controls={open ? answerId : undefined}
          onClick={() => setOpen(!open)}
        >
          <Trans>Why?</Trans>
        </Button>
      </span>
      {open && (
        <div id={answerId} className={styles.answer}>
          <Answer userId={userId} planId={plan.id} />
        </div>
      )}
    </>
  );
}

function Answer({ userId, planId }: { userId: string; planId: string }) {
  const { day } = useFormats();
  const [{ data, error }, read] = useQuery({
    query: ExplainDocument,
    variables: { userId, planId },
    requestPolicy: "cache-and-network",
  });
  const readAgain = () => read({ requestPolicy: "network-only" });
  useOnChange(readAgain);
  if (error && !data) return <QueryError error={error} onRetry={readAgain} />;
  if (!data) return <LoadingRows count={1} />;
  const { summary, dataKeptUntil } = data.explain;
  return (
    <>
      <Text size={200}>{summary}</Text>
      {dataKeptUntil && (
        <Text size={200}>
          <Trans>The data is kept until {day(dataKeptUntil)}.</Trans>
        </Text>
      )}
    </>
  );
}
