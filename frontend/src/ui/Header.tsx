import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { AccountButton } from "./AccountButton";
import icon from "./icon.svg";
import { LiveChip } from "./LiveChip";
import { SandboxChip } from "./SandboxChip";
import type { ShellViewer } from "./viewer";

const useStyles = makeStyles({
  header: {
    position: "sticky",
    top: 0,
    zIndex: 100,
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    height: "48px",
    paddingInline: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  brand: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground1,
    textDecoration: "none",
  },
  organization: {
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
    borderLeft: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
    paddingInlineStart: tokens.spacingHorizontalM,
  },
  product: { "@media (max-width: 480px)": { display: "none" } },
  end: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, marginInlineStart: "auto" },
});

export function Header({ viewer }: { viewer: ShellViewer | undefined }) {
  const styles = useStyles();
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.brand} aria-label="LicenseDesk">
        <img src={icon} alt="" width={24} height={24} />
        <Text weight="semibold" size={400} className={styles.product}>
          LicenseDesk
        </Text>
      </Link>
      {viewer && <Text className={styles.organization}>{viewer.organization.name}</Text>}
      <div className={styles.end}>
        {viewer?.organization.sandbox && <SandboxChip now={viewer.organization.now} />}
        <LiveChip />
        <AccountButton viewer={viewer} />
      </div>
    </header>
  );
}
