import { makeStyles, Subtitle2, tokens } from "@fluentui/react-components";
import { Trans } from "@lingui/react/macro";
import { useFormats } from "../ui/format";
import type { PanelUser } from "./panelUser";
import { Why } from "./Why";

const useStyles = makeStyles({
  section: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  heading: { margin: 0 },
  list: { margin: 0, paddingInlineStart: "20px" },
});

/** Data that is going to be deleted, or was, because no license covers it any more; nothing when there is none. */
export function UserData({ user: { id: userId, dataDeletions } }: { user: PanelUser }) {
  const styles = useStyles();
  const { day } = useFormats();
  const standing = dataDeletions.filter(({ cancelledAt }) => !cancelledAt);
  if (standing.length === 0) return null;
  return (
    <section className={styles.section}>
      <Subtitle2 as="h3" className={styles.heading}>
        <Trans>Data without a license</Trans>
      </Subtitle2>
      <ul className={styles.list}>
        {standing.map(({ id, plan, due, doneAt }) => (
          <li key={id}>
            <Why userId={userId} plan={plan}>
              {doneAt ? (
                <Trans>
                  {plan.name}: deleted on {day(doneAt)}
                </Trans>
              ) : (
                <Trans>
                  {plan.name}: will be deleted on {day(due)}
                </Trans>
              )}
            </Why>
          </li>
        ))}
      </ul>
    </section>
  );
}
