import { Badge, makeStyles, Subtitle2, Text, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { useFormats } from "../ui/format";
import type { PanelUser } from "./panelUser";

const useStyles = makeStyles({
  section: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  heading: { margin: 0 },
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    margin: 0,
    padding: 0,
    listStyle: "none",
    "& > li": { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS },
  },
  title: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The licenses with their services, and which of them no valid license stands behind. */
export function UserLicenses({ user: { licenses } }: { user: PanelUser }) {
  const styles = useStyles();
  const { i18n } = useLingui();
  const { day } = useFormats();
  const list = new Intl.ListFormat(i18n.locale, { type: "unit" });
  return (
    <section className={styles.section}>
      <Subtitle2 as="h3" className={styles.heading}>
        <Trans>Licenses</Trans>
      </Subtitle2>
      {licenses.length === 0 && (
        <Text className={styles.quiet}>
          <Trans>None</Trans>
        </Text>
      )}
      <ul className={styles.list}>
        {licenses.map(({ id, product, assignedAt, backed }) => (
          <li key={id}>
            <span className={styles.title}>
              <Text weight="semibold">{product.name}</Text>
              {!backed && (
                <Badge appearance="tint" color="warning">
                  <Trans>Needs a valid license</Trans>
                </Badge>
              )}
            </span>
            <Text size={200} className={styles.quiet}>
              <Trans>Since {day(assignedAt)}</Trans>
            </Text>
            <Text size={200} className={styles.quiet}>
              {list.format(product.servicePlans.map(({ name }) => name))}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
