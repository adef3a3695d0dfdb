import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import type { CombinedError } from "urql";

type QueryErrorProps = { error: CombinedError; onRetry: () => void };

/** Says inline why something could not be loaded, with the request's id for support, and tries again. */
export function QueryError({ error, onRetry }: QueryErrorProps) {
  const { t } = useLingui();
  const [fault] = error.graphQLErrors;
  const requestId = fault?.extensions.requestId;
  const forbidden = fault?.extensions.code === "FORBIDDEN";
  return (
    <MessageBar intent={forbidden ? "warning" : "error"} layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{forbidden ? t`You may not see this` : t`This could not be loaded`}</MessageBarTitle>
        {fault?.message ?? t`LicenseDesk does not answer. Check the connection.`}{" "}
        {typeof requestId === "string" && <Trans>Request {requestId}</Trans>}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
