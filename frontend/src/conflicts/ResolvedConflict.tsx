import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { readFragment } from "../gql/fragment-masking";
import { type ConflictFactsFragment, type ConflictResolution, PoolRowFragmentDoc } from "../gql/graphql";
import { ActionLink } from "../ui/Actions";
import { useAnnounce } from "../ui/Announcer";
import { Card } from "../ui/Card";
import { useFormats } from "../ui/format";
import { useReasonText } from "./ConflictStatus";
import { Facts } from "./Facts";
import { Section } from "./Section";

type ResolvedConflictProps = { conflict: ConflictFactsFragment; org: string };

/** A conflict that is over: when, by what, and what it was. */
export function ResolvedConflict({ conflict, org }: ResolvedConflictProps) {
  const { t } = useLingui();
  const { day } = useFormats();
  const { reason, openedAt, resolution } = conflict;
  const resolvedAt = conflict.resolvedAt ?? openedAt;
  const next = readFragment(PoolRowFragmentDoc, conflict.pool).conflict;
  const endings = useEndings();
  return (
    <>
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>
            <Trans>Resolved {day(resolvedAt)}.</Trans>
          </MessageBarTitle>{" "}
          {resolution && endings[resolution]}
        </MessageBarBody>
      </MessageBar>
      <Card padded>
        <Section title={t`What it was`}>
          <Facts
            facts={[
              [t`Reason`, useReasonText(reason, openedAt)],
              [
                t`Open for`,
                <Plural key="days" value={daysBetween(openedAt, resolvedAt)} _0="less than a day" one="# day" other="# days" />,
              ],
            ]}
          />
        </Section>
      </Card>
      {next && (
        <div>
          <ActionLink to="/o/$org/conflicts/$id" params={{ org, id: next.id }}>
            <Trans>Go to the conflict that is open now</Trans>
          </ActionLink>
        </div>
      )}
    </>
  );
}

/** Says it once when a conflict ends while somebody looks at it. */
export function useResolvedAnnouncement(conflict: ConflictFactsFragment | undefined): void {
  const { t } = useLingui();
  const announce = useAnnounce();
  const wasOpen = useRef(false);
  const open = conflict && !conflict.resolvedAt;
  useEffect(() => {
    if (open === undefined) return;
    if (wasOpen.current && !open) announce(t`The conflict is resolved`);
    wasOpen.current = open;
  }, [open, announce, t]);
}

function useEndings(): Record<ConflictResolution, string> {
  const { t } = useLingui();
  return {
    BOUGHT: t`Licenses were bought.`,
    RENEWED: t`A subscription was renewed.`,
    LICENSES_REMOVED: t`Licenses were removed from users.`,
    USERS_DELETED: t`Users were deleted.`,
    SUBSCRIPTION_DELETED: t`The subscription was deleted, and the licenses that it carried.`,
    IMPORTED: t`Newer data was imported.`,
    MIXED: t`Several changes together ended it.`,
  };
}

function daysBetween(start: string, end: string): number {
  return Math.floor((Date.parse(end) - Date.parse(start)) / 86_400_000);
}
