import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { useFormats } from "../ui/format";
import type { LostData } from "./dataLoss";

type DataLossProps = { lost: readonly LostData[] | undefined };

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
    margin: 0,
    paddingInlineStart: "20px",
    listStyleType: "disc",
  },
});

/** The warning, and then, service by service, until which day the data can be got back and when it is gone. */
export function DataLoss({ lost }: DataLossProps) {
  const styles = useStyles();
  const { t } = useLingui();
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{useDataLossWarning()}</MessageBarTitle>
        </MessageBarBody>
      </MessageBar>
      {lost && lost.length > 0 && (
        <ul className={styles.list} aria-label={t`What is deleted, and when`}>
          {lost.map((service) => (
            <ServiceLine key={service.name} {...service} />
          ))}
        </ul>
      )}
      {lost?.length === 0 && (
        <Text>
          <Trans>Other licenses of these users cover all services: no data is scheduled for deletion.</Trans>
        </Text>
      )}
    </>
  );
}

export function useDataLossWarning(): string {
  const { t } = useLingui();
  return t`When you remove licenses, all user data associated with those licenses is deleted.`;
}

function ServiceLine({ name, gone, restorableUntil }: LostData) {
  const { day } = useFormats();
  const service = <strong>{name}</strong>;
  if (!gone || !restorableUntil) {
    return (
      <li>
        <Trans>{service}: access ends now; no data is kept</Trans>
      </li>
    );
  }
  return (
    <li>
      <Trans>
        {service}: can be restored until {day(restorableUntil)}, gone on {day(gone)}
      </Trans>
    </li>
  );
}
