import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Select,
  tokens,
} from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useMemo } from "react";
import { useQuery } from "urql";
import { LicensesToGiveDocument } from "../gql/graphql";
import { ActionButton } from "../ui/Actions";
import { QueryError } from "../ui/QueryError";
import { RefusalNotice } from "../ui/RefusalNotice";
import { useReturnedFocus } from "../ui/useReturnedFocus";
import { countries } from "./countries";
import { useCreateUser } from "./createUser";
import { LicenseChoice, standingChoice } from "./LicenseChoice";
import { useUserDraft } from "./userDraft";

type AddUserDialogProps = { org: string; onClose: () => void };

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
});

/** A new user, with licenses at once where there are any available. */
export function AddUserDialog({ org, onClose }: AddUserDialogProps) {
  const styles = useStyles();
  useReturnedFocus();
  const { t, i18n } = useLingui();
  const [{ data, error }, read] = useQuery({ query: LicensesToGiveDocument, requestPolicy: "cache-and-network" });
  const pools = (data?.licensePools.edges ?? []).flatMap((edge) => edge?.node ?? []);
  const { draft, change, forget } = useUserDraft();
  const { create, busy, failure } = useCreateUser();
  const options = useMemo(() => countries(i18n.locale), [i18n.locale]);
  const usageLocation = draft.usageLocation || (data?.organization.country ?? "");
  const faultOf = (name: string) => failure?.refusals.find(({ field }) => field?.at(-1) === name);
  const faultIn = (name: string) => {
    const fault = faultOf(name);
    return fault ? { validationMessage: `${fault.message} ${fault.fix}` } : {};
  };
  const named = ["displayName", "userPrincipalName", "usageLocation", "department"];
  const others = failure?.refusals.filter(({ field }) => !named.includes(field?.at(-1) ?? "")) ?? [];
  const disabledReason =
    (busy ? t`The user is being added` : undefined) ??
    (draft.displayName.trim() && draft.userPrincipalName.trim() ? undefined : t`Enter name and username`);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (disabledReason !== undefined || !(await create({ ...draft, ...standingChoice(pools, draft), usageLocation }))) return;
    forget();
    onClose();
  };

  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle>
              <Trans>Add user</Trans>
            </DialogTitle>
            <DialogContent className={styles.form}>
              {failure && <RefusalNotice refusals={others} error={failure.error} />}
              {error && !data && <QueryError error={error} onRetry={() => read({ requestPolicy: "network-only" })} />}
              <Field label={t`Name`} required {...faultIn("displayName")}>
                <Input value={draft.displayName} onChange={(_, { value }) => change({ displayName: value })} />
              </Field>
              <Field label={t`Username`} required hint={t`As in name@example.com`} {...faultIn("userPrincipalName")}>
                <Input
                  type="email"
                  value={draft.userPrincipalName}
                  onChange={(_, { value }) => change({ userPrincipalName: value })}
                />
              </Field>
              <Field
                label={t`Usage location`}
                hint={t`Where services are used; needed for a license`}
                {...faultIn("usageLocation")}
              >
                <Select value={usageLocation} onChange={(_, { value }) => change({ usageLocation: value })}>
                  {options.map(({ code, name }) => (
                    <option key={code} value={code}>
                      {name}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label={t`Department`} {...faultIn("department")}>
                <Input value={draft.department} onChange={(_, { value }) => change({ department: value })} />
              </Field>
              {data && <LicenseChoice pools={pools} chosen={draft} onChange={change} org={org} />}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>
                <Trans>Cancel</Trans>
              </Button>
              <ActionButton appearance="primary" type="submit" disabledReason={disabledReason}>
                <Trans>Add user</Trans>
              </ActionButton>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
