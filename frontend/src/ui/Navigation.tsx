import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  ChevronDownRegular,
  ChevronRightRegular,
  KeyMultipleRegular,
  PeopleRegular,
  ReceiptRegular,
} from "@fluentui/react-icons";
import { useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useId, useState } from "react";

const route = getRouteApi("/o/$org");

const useStyles = makeStyles({
  nav: {
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalS}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 760px)": {
      padding: tokens.spacingHorizontalS,
      borderRight: "none",
      borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    },
  },
  sticky: {
    position: "sticky",
    top: `calc(48px + ${tokens.spacingVerticalL})`,
    "@media (max-width: 760px)": { position: "static" },
  },
  list: { listStyle: "none", margin: 0, padding: 0, "@media (max-width: 760px)": { display: "flex", flexWrap: "wrap" } },
  group: {
    width: "100%",
    justifyContent: "flex-start",
    fontWeight: tokens.fontWeightSemibold,
    "@media (max-width: 760px)": { width: "auto" },
  },
  nested: { paddingInlineStart: tokens.spacingHorizontalM, "@media (max-width: 760px)": { paddingInlineStart: 0 } },
  link: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    minHeight: "36px",
    paddingInline: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase300,
    textDecoration: "none",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover, color: tokens.colorNeutralForeground1Hover },
    ":focus-visible": { outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}` },
    '&[aria-current="page"]': {
      backgroundColor: tokens.colorNeutralBackground1Selected,
      color: tokens.colorNeutralForeground1Selected,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
  icon: { fontSize: "20px", lineHeight: 0, "@media (max-width: 760px)": { display: "none" } },
  section: { "@media (max-width: 760px)": { display: "flex", flexWrap: "wrap", alignItems: "center" } },
});

export function Navigation() {
  const styles = useStyles();
  const { t } = useLingui();
  const { org } = route.useParams();
  const link = { params: { org }, className: styles.link };
  return (
    <nav aria-label={t`Main`} className={styles.nav}>
      <ul className={mergeClasses(styles.list, styles.sticky)}>
        <Group name={t`Billing`}>
          <li>
            <Link to="/o/$org/licenses" {...link}>
              <KeyMultipleRegular className={styles.icon} aria-hidden />
              {t`Licenses`}
            </Link>
          </li>
          <li>
            <Link to="/o/$org/subscriptions" {...link}>
              <ReceiptRegular className={styles.icon} aria-hidden />
              {t`Subscriptions`}
            </Link>
          </li>
        </Group>
        <li>
          <Link to="/o/$org/users" {...link}>
            <PeopleRegular className={styles.icon} aria-hidden />
            {t`Users`}
          </Link>
        </li>
      </ul>
    </nav>
  );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  const styles = useStyles();
  const [open, setOpen] = useState(true);
  const listId = useId();
  return (
    <li className={styles.section}>
      <Button
        appearance="subtle"
        className={styles.group}
        icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        {name}
      </Button>
      <ul id={listId} className={mergeClasses(styles.list, styles.nested)} hidden={!open}>
        {children}
      </ul>
    </li>
  );
}
