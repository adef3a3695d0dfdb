import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
  },
  padded: { padding: `${tokens.spacingVerticalXL} clamp(${tokens.spacingHorizontalL}, 3vw, ${tokens.spacingHorizontalXXL})` },
});

/** The surface that a page's content lies on; padded unless it holds a table of its own. */
export function Card({ padded, children }: { padded?: boolean; children: ReactNode }) {
  const styles = useStyles();
  return <div className={mergeClasses(styles.card, padded && styles.padded)}>{children}</div>;
}
