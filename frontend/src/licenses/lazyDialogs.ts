import { lazy } from "react";

const dialogs = () => import("./dialogs");

// The dialogs' code comes with the first opening of one: most visits to the lists open none.
export const AlertsDialog = lazy(async () => ({ default: (await dialogs()).AlertsDialog }));
export const RenewDialog = lazy(async () => ({ default: (await dialogs()).RenewDialog }));
