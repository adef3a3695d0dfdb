import { Badge, makeStyles, Subtitle2, Text, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { useFormats } from "../ui/format";
import type { PanelUser } from "./panelUser";
import { Why } from "./Why";

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
  services: { display: "flex", flexDirection: "column", margin: 0, padding: 0, listStyle: "none" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type License = PanelUser["licenses"][number];

/** The licenses with their services, and which of them no valid license stands behind. */
export function UserLicenses({ user: { id: userId, licenses } }: { user: PanelUser }) {
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
        {licenses.map(({ id, product, assignedAt, backed, direct, groups }) => (
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
            <FromGroups direct={direct} groups={groups} />
            {backed ? (
              <Text size={200} className={styles.quiet}>
                {list.format(product.servicePlans.map(({ name }) => name))}
              </Text>
            ) : (
              <AffectedServices userId={userId} plans={product.servicePlans} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which groups give the license: what they alone give cannot be taken from the user but by leaving them. */
function FromGroups({ direct, groups }: Pick<License, "direct" | "groups">) {
  const styles = useStyles();
  const { i18n } = useLingui();
  if (groups.length === 0) return null;
  const names = new Intl.ListFormat(i18n.locale).format(groups.map(({ name }) => name));
  return (
    <Text size={200} className={styles.quiet}>
      {direct ? (
        <Trans>Given to the user, and through {names} as well: removing it leaves what the group gives.</Trans>
      ) : (
        <Trans>Through {names}: to remove it, take the user out of the group, or the product from it.</Trans>
      )}
    </Text>
  );
}

type AffectedServicesProps = { userId: string; plans: License["product"]["servicePlans"] };

function AffectedServices({ userId, plans }: AffectedServicesProps) {
  return (
    <ul className={useStyles().services}>
      {plans.map((plan) => (
        <li key={plan.id}>
          <Why userId={userId} plan={plan}>
            {plan.name}
          </Why>
        </li>
      ))}
    </ul>
  );
}
