import { makeStyles, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import type { RowControl } from "../ui/grid/useRovingRow";

type UserLinkProps = { user: { id: string; displayName: string }; org: string; control: RowControl };

const useStyles = makeStyles({
  link: {
    color: tokens.colorNeutralForeground1, // the brand color has too little contrast on a dark row under the pointer
    fontWeight: tokens.fontWeightSemibold,
    textDecoration: "none",
    ":hover": { textDecoration: "underline" },
  },
});

/** The name leads to the user's panel, where all licenses are; it is the row's stop for the keyboard. */
export function UserLink({ user, org, control }: UserLinkProps) {
  return (
    <Link to="/o/$org/users" params={{ org }} search={{ user: user.id }} className={useStyles().link} {...control}>
      {user.displayName}
    </Link>
  );
}
