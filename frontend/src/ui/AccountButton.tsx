import { Button, type ButtonProps } from "@fluentui/react-components";
import { PersonCircleRegular } from "@fluentui/react-icons";
import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { ShellViewer } from "./viewer";

const AccountMenu = lazy(async () => ({ default: (await import("./AccountMenu")).AccountMenu }));

/** Opens the menu of who is signed in; its code comes with its first opening. */
export function AccountButton({ viewer }: { viewer: ShellViewer | undefined }) {
  const [wanted, want] = useState(false);
  if (!wanted) return <AccountTrigger aria-haspopup="menu" aria-expanded={false} onClick={() => want(true)} />;
  return (
    <Suspense fallback={<AccountTrigger aria-haspopup="menu" aria-expanded={false} />}>
      <AccountMenu viewer={viewer} trigger={<AccountTrigger />} />
    </Suspense>
  );
}

function AccountTrigger(button: ButtonProps) {
  const { t } = useLingui();
  return (
    <Button
      {...button}
      appearance="subtle"
      shape="circular"
      size="large"
      aria-label={t`Account and settings`}
      icon={<PersonCircleRegular />}
    />
  );
}
