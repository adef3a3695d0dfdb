// The dialogs of the lists in one chunk: of one each, the lists would have to know what it consists of.
export { RenewDialog } from "../subscriptions/RenewDialog";
export { AlertsDialog } from "./AlertsDialog";
