import { makeStyles, mergeClasses, Text, tokens, typographyStyles } from "@fluentui/react-components";
import { type ReactNode, useEffect, useRef } from "react";

type PageProps = {
  title: string;
  /** The way back to the page that this one belongs to. */
  parent?: ReactNode;
  intro?: ReactNode;
  actions?: ReactNode;
  narrow?: boolean;
  /** The step within a flow. Focus goes to the heading of every step but the first. */
  step?: string;
  children: ReactNode;
};

const useStyles = makeStyles({
  page: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    maxWidth: "1440px",
    margin: "0 auto",
    padding: `${tokens.spacingVerticalXXL} clamp(${tokens.spacingHorizontalM}, 3vw, ${tokens.spacingHorizontalXXXL})`,
  },
  narrow: { maxWidth: "760px", marginInlineStart: 0 },
  head: { display: "flex", flexWrap: "wrap", alignItems: "end", justifyContent: "space-between", gap: tokens.spacingHorizontalL },
  titles: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  heading: { ...typographyStyles.title2, margin: 0, outlineStyle: "none" },
  intro: { color: tokens.colorNeutralForeground2 },
});

/** One page: its only h1, which is also the document's title. */
export function Page({ title, parent, intro, actions, narrow, step, children }: PageProps) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} - LicenseDesk`;
  }, [title]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (step) heading.current?.focus();
  }, [step]);
  return (
    <div className={mergeClasses(styles.page, narrow && styles.narrow)}>
      <div className={styles.head}>
        <div className={styles.titles}>
          {parent}
          <Text as="h1" block ref={heading} tabIndex={-1} className={styles.heading}>
            {title}
          </Text>
          {intro && <div className={styles.intro}>{intro}</div>}
        </div>
        {actions}
      </div>
      {children}
    </div>
  );
}
