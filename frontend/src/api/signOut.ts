import { markSignedOut } from "./session";

/** Ends the session on the server, then shows the signed-out page at the same address. */
export async function signOut(): Promise<void> {
  const { ok } = await fetch("/sign-out", { method: "POST", credentials: "same-origin" });
  if (ok) markSignedOut();
}
