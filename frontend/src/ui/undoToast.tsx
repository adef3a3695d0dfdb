import { Button, Toast, ToastTitle, ToastTrigger } from "@fluentui/react-components";
import { Trans } from "@lingui/react/macro";
import { useCallback } from "react";
import { useToasts } from "./toasts";

/** Says what was done, with the button that takes it back. */
export function useOfferUndoToast(): (message: string, onUndo: () => void) => void {
  const { dispatchToast } = useToasts();
  return useCallback(
    (message, onUndo) =>
      dispatchToast(
        <Toast>
          <ToastTitle
            action={
              <ToastTrigger>
                <Button appearance="transparent" size="small" onClick={() => undo(onUndo)}>
                  <Trans>Undo</Trans>
                </Button>
              </ToastTrigger>
            }
          >
            {message}
          </ToastTitle>
        </Toast>,
        { intent: "success", pauseOnHover: true },
      ),
    [dispatchToast],
  );
}

/** A toast that closes with the focus in it gives it to the next toast once it has faded, even out of a dialog opened since. */
function undo(onUndo: () => void): void {
  document.getElementById("main")?.focus();
  onUndo();
}

export function useSayToast(): (intent: "success" | "warning" | "error", message: string) => void {
  const { dispatchToast } = useToasts();
  return useCallback(
    (intent, message) =>
      dispatchToast(
        <Toast>
          <ToastTitle>{message}</ToastTitle>
        </Toast>,
        { intent },
      ),
    [dispatchToast],
  );
}
