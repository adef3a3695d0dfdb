import { Body1, Link } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { Centered, FullPage } from "./FullPage";

export function NotFoundPage() {
  const { t } = useLingui();
  return (
    <FullPage title={t`There is no such page`}>
      <Advice />
    </FullPage>
  );
}

/** An unknown address of an organization: the navigation stays. */
export function NotFoundInside() {
  const { t } = useLingui();
  return (
    <Centered title={t`There is no such page`}>
      <Advice />
    </Centered>
  );
}

function Advice() {
  return (
    <>
      <Body1>
        <Trans>The address may be misspelled, or what it showed is gone.</Trans>
      </Body1>
      <Link href="/">
        <Trans>Go to Licenses</Trans>
      </Link>
    </>
  );
}
