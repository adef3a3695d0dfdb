import { Body1, Button } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { Centered, FullPage } from "./FullPage";

/** The last resort: something broke while drawing a page, for instance an old tab asking for code of a newer version. */
export function FailurePage() {
  const { t } = useLingui();
  return (
    <FullPage title={t`This page could not be shown`}>
      <Advice />
    </FullPage>
  );
}

/** The same for a page inside the frame: the navigation stays. */
export function FailureInside() {
  const { t } = useLingui();
  return (
    <Centered title={t`This page could not be shown`}>
      <Advice />
    </Centered>
  );
}

function Advice() {
  return (
    <>
      <Body1>
        <Trans>Nothing that you have submitted is lost. Reload to get the newest version.</Trans>
      </Body1>
      <Button appearance="primary" onClick={() => location.reload()}>
        <Trans>Reload</Trans>
      </Button>
    </>
  );
}
