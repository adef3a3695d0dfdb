import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
} from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { ActionLink } from "../ui/Actions";
import { useFormats } from "../ui/format";
import { useReturnedFocus } from "../ui/useReturnedFocus";
import type { AffectedUser } from "./affectedUser";
import { keepsNothing } from "./deadlines";

type AffectedServicesProps = { affected: AffectedUser; org: string; onClose: () => void };

/** The services that one user is about to lose, each with its own days. */
export function AffectedServices({ affected: { user, services }, org, onClose }: AffectedServicesProps) {
  const { t } = useLingui();
  const { day } = useFormats();
  useReturnedFocus();
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{user.displayName}</DialogTitle>
          <DialogContent>
            {services.length === 0 ? (
              <Text>
                <Trans>Other licenses of this user cover all services: nothing is lost.</Trans>
              </Text>
            ) : (
              <Table aria-label={t`Services that the user is about to lose`}>
                <TableHeader>
                  <TableRow>
                    <TableHeaderCell>{t`Service`}</TableHeaderCell>
                    <TableHeaderCell>{t`Access until`}</TableHeaderCell>
                    <TableHeaderCell>{t`Data kept until`}</TableHeaderCell>
                  </TableRow>
                </TableHeader>
                <TableBody>
                  {services.map((service) => (
                    <TableRow key={service.plan.id}>
                      <TableCell>{service.plan.name}</TableCell>
                      <TableCell>{day(service.accessUntil)}</TableCell>
                      <TableCell>{keepsNothing(service) ? t`No data is kept` : day(service.dataKeptUntil)}</TableCell>
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            )}
          </DialogContent>
          <DialogActions>
            <ActionLink to="/o/$org/users" params={{ org }} search={{ user: user.id }}>
              <Trans>Show the user</Trans>
            </ActionLink>
            <Button onClick={onClose}>
              <Trans>Close</Trans>
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
