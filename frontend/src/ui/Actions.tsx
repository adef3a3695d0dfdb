import { Button, type ButtonProps, Tooltip } from "@fluentui/react-components";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type Looks = Pick<ButtonProps, "appearance" | "icon" | "size">;
type DisabledReason = {
  /** Why this cannot be done now. The action stays where it is, focusable, and says it. */
  disabledReason?: string | undefined;
};

export type ActionButtonProps = Omit<ButtonProps, "disabled" | "disabledFocusable" | "as"> & DisabledReason;

export function ActionButton({ disabledReason, ...button }: ActionButtonProps) {
  if (disabledReason === undefined) return <Button {...(button as ButtonProps)} />;
  return (
    <Tooltip content={disabledReason} relationship="description" withArrow>
      <Button {...(button as ButtonProps)} disabledFocusable />
    </Tooltip>
  );
}

type AnchorProps = AnchorHTMLAttributes<HTMLAnchorElement> & Looks & DisabledReason & { ref?: Ref<HTMLAnchorElement> };

function Anchor({ disabledReason, appearance, icon, size, ...anchor }: AnchorProps) {
  const looks = { ...(appearance && { appearance }), ...(icon && { icon }), ...(size && { size }) };
  if (disabledReason === undefined) return <Button as="a" {...looks} {...(anchor as object)} />;
  return (
    <ActionButton {...looks} disabledReason={disabledReason} aria-label={anchor["aria-label"]}>
      {anchor.children}
    </ActionButton>
  );
}

/** A link to another page that looks like a button; disabled with a reason where following it would be in vain. */
export const ActionLink = createLink(Anchor);
