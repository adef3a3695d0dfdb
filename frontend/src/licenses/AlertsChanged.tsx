import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { useFormats } from "../ui/format";
import type { Alerts } from "./alerts";

type AlertsChangedProps = { now: Alerts; onKeep: () => void; onTake: () => void };

/** Somebody else was faster: what they set, and the choice between that and what is entered here. */
export function AlertsChanged({ now, onKeep, onTake }: AlertsChangedProps) {
  const { t } = useLingui();
  const { number } = useFormats();
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t`Someone changed these alerts meanwhile`}</MessageBarTitle>
        <div>{now.muted ? t`Alerts are off` : t`Alerts are on`}</div>
        <div>
          {now.freeThreshold === null
            ? t`Few licenses: never`
            : t`Few licenses: fewer than ${number(now.freeThreshold)} available`}
        </div>
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onKeep}>
          <Trans>Keep what I entered</Trans>
        </Button>
        <Button onClick={onTake}>
          <Trans>Take theirs</Trans>
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
