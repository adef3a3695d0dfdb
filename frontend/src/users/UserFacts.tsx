import { makeStyles, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { useFormats } from "../ui/format";
import type { PanelUser } from "./panelUser";

const useStyles = makeStyles({
  facts: {
    display: "grid",
    gridTemplateColumns: "max-content minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalS,
    margin: 0,
    "& dt": { color: tokens.colorNeutralForeground2 },
    "& dd": { margin: 0 },
  },
});

export function UserFacts({ user }: { user: PanelUser }) {
  const styles = useStyles();
  const { t, i18n } = useLingui();
  const { day } = useFormats();
  const country = user.usageLocation && new Intl.DisplayNames(i18n.locale, { type: "region" }).of(user.usageLocation);
  return (
    <dl className={styles.facts}>
      <dt>
        <Trans>Department</Trans>
      </dt>
      <dd>{user.department || "–"}</dd>
      <dt>
        <Trans>Usage location</Trans>
      </dt>
      <dd>{country || t`Unknown: no license can be assigned`}</dd>
      <dt>
        <Trans>Sign-in</Trans>
      </dt>
      <dd>{user.signInBlocked ? t`Blocked` : t`Allowed`}</dd>
      <dt>
        <Trans>Last active</Trans>
      </dt>
      <dd>{user.lastActiveOn ? day(user.lastActiveOn) : t`Never`}</dd>
    </dl>
  );
}
