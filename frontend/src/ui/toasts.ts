import { useToastController } from "@fluentui/react-components";

/** The application has one toaster; `useToasts().dispatchToast(<Toast>…</Toast>)` shows on it. */
export const toasterId = "licensedesk";

export function useToasts() {
  return useToastController(toasterId);
}
