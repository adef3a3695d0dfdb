import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import type { CombinedError } from "urql";

type RefusalNoticeProps = { refusals: readonly { message: string; fix: string }[]; error: CombinedError | undefined };

/** Why a change was not made: the server's reasons and what to do, or that no answer came. */
export function RefusalNotice({ refusals, error }: RefusalNoticeProps) {
  const { t } = useLingui();
  if (refusals.length === 0 && !error) return null;
  const [fault] = error?.graphQLErrors ?? [];
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t`Nothing was changed`}</MessageBarTitle>
        {refusals.map(({ message, fix }) => (
          <div key={message}>
            {message} {fix}
          </div>
        ))}
        {error && <div>{fault?.message ?? t`LicenseDesk did not answer. Submitting again is safe: it is done once.`}</div>}
      </MessageBarBody>
    </MessageBar>
  );
}
