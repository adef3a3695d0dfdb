import { makeStyles, tokens } from "@fluentui/react-components";
import { narrow } from "../ui/CardTable";

/** The columns of the Licenses table. Status, the last, has its place also while it is not there: nothing moves when it comes. */
export const useLicensesColumns = makeStyles({
  columns: {
    gridTemplateColumns: "minmax(140px, 1fr) 84px 88px 108px 126px minmax(270px, 544px)",
    [narrow]: { gridTemplateColumns: "repeat(auto-fit, minmax(128px, 1fr))" },
  },
  status: { paddingInlineStart: tokens.spacingHorizontalXL, [narrow]: { paddingInlineStart: tokens.spacingHorizontalS } },
});
