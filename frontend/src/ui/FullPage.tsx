import { makeStyles, Title1, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  page: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    gap: tokens.spacingVerticalL,
    maxWidth: "560px",
    margin: "0 auto",
    padding: `clamp(${tokens.spacingVerticalXXXL}, 15vh, 160px) ${tokens.spacingHorizontalXL}`,
  },
});

type FullPageProps = { title?: string; children: ReactNode };

/** A page without the application's frame: there is no organization to show. */
export function FullPage({ title, children }: FullPageProps) {
  return (
    <main>
      <Centered {...(title && { title })}>{children}</Centered>
    </main>
  );
}

/** The same inside the frame, which has the main landmark already. */
export function Centered({ title, children }: FullPageProps) {
  return (
    <div className={useStyles().page}>
      {title && <Title1 as="h1">{title}</Title1>}
      {children}
    </div>
  );
}
