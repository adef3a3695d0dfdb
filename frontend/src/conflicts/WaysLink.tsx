import { makeStyles, tokens } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";

type WaysLinkProps = { conflict: string; product: string; org: string };

const useStyles = makeStyles({ link: { color: tokens.colorBrandForegroundLink } });

/** To the page of a conflict. */
export function WaysLink({ conflict, product, org }: WaysLinkProps) {
  const { t } = useLingui();
  return (
    <Link
      to="/o/$org/conflicts/$id"
      params={{ org, id: conflict }}
      className={useStyles().link}
      aria-label={t`Ways to end it: ${product}`}
    >
      {t`Ways to end it`}
    </Link>
  );
}
