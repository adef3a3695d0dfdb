import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { Plural, Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useOpenConflicts } from "./openConflicts";

type ConflictNoticeProps = {
  count: number;
  /** Leads to the ways to end the only conflict. */
  ways: ReactNode;
};

/** Above the licenses: that something is wrong and what can be done, or that nothing is any more. */
export function ConflictNotice({ count, ways }: ConflictNoticeProps) {
  const { allResolved } = useOpenConflicts();
  if (count > 0) {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>
            <Plural value={count} one="# product has a license conflict." other="# products have license conflicts." />
          </MessageBarTitle>{" "}
          <Trans>More licenses are assigned than are valid. Buy more, renew, or remove licenses from users.</Trans> {ways}
        </MessageBarBody>
      </MessageBar>
    );
  }
  if (!allResolved) return null;
  return (
    <MessageBar intent="success">
      <MessageBarBody>
        <MessageBarTitle>
          <Trans>No license conflicts.</Trans>
        </MessageBarTitle>{" "}
        <Trans>Every assigned license is a valid one.</Trans>
      </MessageBarBody>
    </MessageBar>
  );
}
