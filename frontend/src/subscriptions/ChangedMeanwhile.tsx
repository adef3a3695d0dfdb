import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { useFormats } from "../ui/format";

type ChangedMeanwhileProps = {
  seen: number;
  now: number;
  typed: string;
  onKeep: () => void;
  onDrop: (total: string) => void;
};

/** Somebody else was faster: both values, and the choice between them. Nothing was overwritten. */
export function ChangedMeanwhile({ seen, now, typed, onKeep, onDrop }: ChangedMeanwhileProps) {
  const { t } = useLingui();
  const { number } = useFormats();
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>
          {seen === now
            ? t`The subscription was changed meanwhile`
            : t`Someone changed the total from ${number(seen)} to ${number(now)}`}
        </MessageBarTitle>
        <Trans>You have entered {typed}.</Trans>
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onKeep}>
          <Trans>Go on with {typed}</Trans>
        </Button>
        <Button onClick={() => onDrop(String(now))}>
          <Trans>Start from {number(now)}</Trans>
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
