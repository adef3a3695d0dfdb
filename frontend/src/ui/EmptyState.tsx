import { makeStyles, Subtitle2, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

type EmptyStateProps = { icon?: ReactNode; title: string; children?: ReactNode };

const useStyles = makeStyles({
  empty: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalXL}`,
    textAlign: "center",
  },
  icon: { fontSize: "32px", lineHeight: 1, color: tokens.colorNeutralForeground3 },
});

/** Says why a list holds nothing and, as its children, what to do about it. */
export function EmptyState({ icon, title, children }: EmptyStateProps) {
  const styles = useStyles();
  return (
    <div className={styles.empty}>
      {icon && (
        <span className={styles.icon} aria-hidden>
          {icon}
        </span>
      )}
      <Subtitle2>{title}</Subtitle2>
      {children && <div>{children}</div>}
    </div>
  );
}
