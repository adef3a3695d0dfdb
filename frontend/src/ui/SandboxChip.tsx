import { makeStyles, tokens } from "@fluentui/react-components";
import { Trans } from "@lingui/react/macro";
import { useFormats } from "./format";

const useStyles = makeStyles({
  chip: {
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: "nowrap",
  },
});

/** A sandbox has a clock of its own; this is its day. */
export function SandboxChip({ now }: { now: string }) {
  const { day } = useFormats();
  return (
    <span className={useStyles().chip}>
      <Trans>Sandbox: {day(now)}</Trans>
    </span>
  );
}
