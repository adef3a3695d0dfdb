import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from "@fluentui/react-components";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ResolutionFactsFragment } from "../gql/graphql";
import { EmptyState } from "../ui/EmptyState";
import { useReturnedFocus } from "../ui/useReturnedFocus";
import { ProposedUserGrid } from "./ProposedUserGrid";

type ResolutionUsersProps = {
  conflict: string;
  /** Undefined when it is not proposed any more. */
  resolution: ResolutionFactsFragment | undefined;
  org: string;
  onClose: () => void;
};

const useStyles = makeStyles({ surface: { maxWidth: "1080px" } });

/** Whom a resolution takes the license from, and why each of them. It is open while the resolution's id stands in the address. */
export function ResolutionUsers({ conflict, resolution, org, onClose }: ResolutionUsersProps) {
  const { t } = useLingui();
  useReturnedFocus();
  const count = resolution?.userCount ?? 0;
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface className={useStyles().surface}>
        <DialogBody>
          <DialogTitle>
            {resolution ? t`${plural(count, { one: "# user", other: "# users" })} to take the license from` : t`Users`}
          </DialogTitle>
          <DialogContent>
            {resolution ? (
              <ProposedUserGrid conflict={conflict} resolution={resolution} org={org} />
            ) : (
              <EmptyState title={t`This is not proposed any more`} />
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>
              <Trans>Close</Trans>
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
