import {
  Badge,
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  Text,
  tokens,
} from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useQuery } from "urql";
import { useOnChange } from "../api/changes";
import { UserPanelDocument } from "../gql/graphql";
import { ActionButton } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { EmptyState } from "../ui/EmptyState";
import { LoadingRows } from "../ui/LoadingRows";
import { QueryError } from "../ui/QueryError";
import { useReturnedFocus } from "../ui/useReturnedFocus";
import { DeleteUserDialog } from "./DeleteUserDialog";
import { UserData } from "./UserData";
import { UserFacts } from "./UserFacts";
import { UserLicenses } from "./UserLicenses";
import { UserWaiting } from "./UserWaiting";

type UserPanelProps = { id: string; onClose: () => void };

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXL, paddingBlock: tokens.spacingVerticalL },
});

/** One user beside the list. It is open while its id stands in the address. */
export function UserPanel({ id, onClose }: UserPanelProps) {
  const styles = useStyles();
  const { t } = useLingui();
  useReturnedFocus();
  const [deleting, setDeleting] = useState(false);
  const [{ data, error }, read] = useQuery({ query: UserPanelDocument, variables: { id }, requestPolicy: "cache-and-network" });
  const readAgain = () => read({ requestPolicy: "network-only" });
  useOnChange(readAgain);
  const user = data?.node?.__typename === "User" ? data.node : undefined;
  const title = user?.displayName ?? t`User`;
  return (
    <OverlayDrawer open position="end" size="medium" onOpenChange={(_, { open }) => !open && onClose()} aria-label={title}>
      <DrawerHeader>
        <DrawerHeaderTitle
          action={<Button appearance="subtle" aria-label={t`Close`} icon={<DismissRegular />} onClick={onClose} />}
        >
          {title}
        </DrawerHeaderTitle>
        {user && <Text>{user.userPrincipalName}</Text>}
      </DrawerHeader>
      <DrawerBody className={styles.body}>
        {error && !data && <QueryError error={error} onRetry={readAgain} />}
        {!error && !data && <LoadingRows count={4} />}
        {data && !user && <EmptyState title={t`There is no such user`} />}
        {user?.deletedAt && (
          <div>
            <Badge appearance="tint" color="danger">
              <Trans>Deleted</Trans>
            </Badge>
          </div>
        )}
        {user && (
          <>
            <UserFacts user={user} />
            <UserLicenses user={user} />
            <UserWaiting user={user} />
            <UserData user={user} />
          </>
        )}
      </DrawerBody>
      {user && !user.deletedAt && (
        <DrawerFooter>
          <ActionButton disabledReason={abilityReason(user.can, "MANAGE_USERS")} onClick={() => setDeleting(true)}>
            <Trans>Delete user</Trans>
          </ActionButton>
        </DrawerFooter>
      )}
      {user && deleting && <DeleteUserDialog user={user} onCancel={() => setDeleting(false)} onDeleted={onClose} />}
    </OverlayDrawer>
  );
}
