import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { SignOutRegular } from "@fluentui/react-icons";
import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { signOut } from "../api/signOut";
import { type Language, languages, saveLanguage } from "./language";
import { preferences, type ThemeChoice, usePreferences } from "./preferences";
import type { ShellViewer } from "./viewer";

type AccountMenuProps = { viewer: ShellViewer | undefined; trigger: ReactElement };

/** Organization, language, theme and signing out, under the name of who is signed in. */
export function AccountMenu({ viewer, trigger }: AccountMenuProps) {
  const { t, i18n } = useLingui();
  const { theme } = usePreferences();
  const navigate = useNavigate();
  const choose: Record<string, (choice: string) => void> = {
    organization: (org) => void navigate({ to: "/o/$org/licenses", params: { org } }),
    language: (language) => void saveLanguage(language as Language),
    theme: (name) => preferences.set({ theme: name as ThemeChoice }),
  };
  return (
    <Menu
      defaultOpen
      checkedValues={{ organization: [viewer?.organization.slug ?? ""], language: [i18n.locale], theme: [theme] }}
      onCheckedValueChange={(_, { name, checkedItems: [choice] }) => choice && choose[name]?.(choice)}
    >
      <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
      <MenuPopover>
        <MenuList>
          {viewer && (
            <MenuGroup>
              <MenuGroupHeader>{viewer.name}</MenuGroupHeader>
            </MenuGroup>
          )}
          {viewer && viewer.organizations.length > 1 && <OrganizationGroup organizations={viewer.organizations} />}
          <LanguageGroup />
          <MenuDivider />
          <ThemeGroup />
          <MenuDivider />
          <MenuItem icon={<SignOutRegular />} onClick={() => void signOut()}>{t`Sign out`}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function OrganizationGroup({ organizations }: Pick<ShellViewer, "organizations">) {
  const { t } = useLingui();
  return (
    <>
      <MenuGroup>
        <MenuGroupHeader>{t`Organization`}</MenuGroupHeader>
        {organizations.map(({ id, slug, name }) => (
          <MenuItemRadio key={id} name="organization" value={slug}>
            {name}
          </MenuItemRadio>
        ))}
      </MenuGroup>
      <MenuDivider />
    </>
  );
}

function LanguageGroup() {
  const { t } = useLingui();
  return (
    <MenuGroup>
      <MenuGroupHeader>{t`Language`}</MenuGroupHeader>
      {Object.entries(languages).map(([tag, name]) => (
        <MenuItemRadio key={tag} name="language" value={tag} lang={tag}>
          {name}
        </MenuItemRadio>
      ))}
    </MenuGroup>
  );
}

function ThemeGroup() {
  const { t } = useLingui();
  const names: Record<ThemeChoice, string> = {
    system: t`As the system`,
    light: t`Light`,
    dark: t`Dark`,
    highContrast: t`High contrast`,
  };
  return (
    <MenuGroup>
      <MenuGroupHeader>{t`Theme`}</MenuGroupHeader>
      {Object.entries(names).map(([choice, name]) => (
        <MenuItemRadio key={choice} name="theme" value={choice}>
          {name}
        </MenuItemRadio>
      ))}
    </MenuGroup>
  );
}
