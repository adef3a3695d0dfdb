import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "urql";
import { AffectedUsersDocument } from "../gql/graphql";
import { useFormats } from "../ui/format";
import { LoadingRows } from "../ui/LoadingRows";
import { QueryError } from "../ui/QueryError";
import { deadlines, keepsNothing } from "./deadlines";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyle: "none" },
  line: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Until when those who are affected have their services, and their data is kept; from the first page of the list of them. */
export function Deadlines({ conflict }: { conflict: string }) {
  const styles = useStyles();
  const { i18n } = useLingui();
  const dates = useDates();
  const list = new Intl.ListFormat(i18n.locale, { type: "conjunction" });
  const [{ data, error }, read] = useQuery({ query: AffectedUsersDocument, variables: { conflict, offset: 0 } });
  const affected = data?.node?.__typename === "Conflict" ? data.node.affectedUsers : undefined;
  if (error && !data) return <QueryError error={error} onRetry={() => read({ requestPolicy: "network-only" })} />;
  if (!affected) return <LoadingRows count={2} />;
  const found = deadlines(affected.nodes);
  const looked = affected.nodes.length;
  if (found.length === 0) {
    return (
      <Text>
        <Trans>Other licenses of these users cover all services: nobody loses anything.</Trans>
      </Text>
    );
  }
  return (
    <>
      <ul className={styles.list}>
        {found.map((deadline) => (
          <li key={deadline.services.join()} className={styles.line}>
            <Text weight="semibold">{list.format(deadline.services)}</Text>
            <Text>
              {keepsNothing(deadline) ? (
                <Trans>Access until {dates(deadline.accessUntil, deadline.later)}; no data is kept after that</Trans>
              ) : (
                <Trans>
                  Access until {dates(deadline.accessUntil, deadline.later)}, data is kept until{" "}
                  {dates(deadline.dataKeptUntil, deadline.later)}
                </Trans>
              )}
            </Text>
          </li>
        ))}
      </ul>
      {looked < affected.totalCount && (
        <Text size={200} className={styles.quiet}>
          <Plural
            value={looked}
            one="Of the first # user who is affected; the others have their services as long or longer."
            other="Of the first # users who are affected; the others have their services as long or longer."
          />
        </Text>
      )}
    </>
  );
}

/** A day; or the first of several. */
function useDates(): (first: string, later: boolean) => string {
  const { t } = useLingui();
  const { day } = useFormats();
  return (first, later) => (later ? t`${day(first)} or later` : day(first));
}
