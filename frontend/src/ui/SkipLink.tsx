import { makeStyles, tokens } from "@fluentui/react-components";
import { Trans } from "@lingui/react/macro";

const useStyles = makeStyles({
  link: {
    position: "fixed",
    top: tokens.spacingVerticalS,
    insetInlineStart: tokens.spacingHorizontalS,
    zIndex: 1000,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    boxShadow: tokens.shadow16,
    transform: "translateY(-200%)",
    ":focus": { transform: "none" },
  },
});

/** The main content can hold focus (`tabIndex={-1}`), so following the fragment moves focus there. */
export function SkipLink() {
  return (
    <a href="#main" className={useStyles().link}>
      <Trans>Skip to main content</Trans>
    </a>
  );
}
