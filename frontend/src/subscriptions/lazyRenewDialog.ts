import { lazy } from "react";

/** The dialog's code comes with its first opening: most visits to the lists never renew. */
export const RenewDialog = lazy(async () => ({ default: (await import("./RenewDialog")).RenewDialog }));
