import { Body1, Button, makeStyles, tokens } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { FullPage } from "./FullPage";

const useStyles = makeStyles({
  code: {
    display: "block",
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground4,
    color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: "anywhere",
  },
});

/** Shown wherever the session is not known any more. Reloading after signing in leads back to the same address. */
export function SignedOutPage() {
  const styles = useStyles();
  const { t } = useLingui();
  return (
    <FullPage title={t`You are signed out`}>
      <Body1>
        <Trans>
          Open your one-time sign-in link to continue. Ask an owner of your organization for a new one, or make one on the machine
          that runs LicenseDesk:
        </Trans>
      </Body1>
      <code className={styles.code}>licensedesk sign-in-link --organization SLUG --email YOU@EXAMPLE.COM</code>
      <Button appearance="primary" onClick={() => location.reload()}>
        <Trans>I have signed in: continue</Trans>
      </Button>
    </FullPage>
  );
}
