import { useEffect, useState } from "react";

export type UserDraft = {
  displayName: string;
  userPrincipalName: string;
  usageLocation: string;
  department: string;
  productIds: readonly string[];
  /** Products to wait for, because they had no license available. */
  waitingIds: readonly string[];
};

const key = "licensedesk.newUser";
const blank: UserDraft = {
  displayName: "",
  userPrincipalName: "",
  usageLocation: "",
  department: "",
  productIds: [],
  waitingIds: [],
};

/** What was entered so far stays while licenses are bought first; forgotten when the user was made, or the tab is closed. */
export function useUserDraft() {
  const [draft, setDraft] = useState<UserDraft>(read);
  useEffect(() => write(draft), [draft]);
  const change = (changes: Partial<UserDraft>) => setDraft((before) => ({ ...before, ...changes }));
  return { draft, change, forget: () => write(undefined) };
}

function read(): UserDraft {
  try {
    return { ...blank, ...JSON.parse(sessionStorage.getItem(key) ?? "{}") };
  } catch {
    return blank;
  }
}

function write(draft: UserDraft | undefined): void {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch {
    // Storage is refused: the draft holds for as long as the dialog is open.
  }
}
