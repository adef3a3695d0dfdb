import { type Cache, cacheExchange, type KeyGenerator, type KeyingConfig, type UpdateResolver } from "@urql/exchange-graphcache";

/** Types without an identity of their own: kept inside the object that they belong to. */
const embedded = [
  "Ability",
  "AffectedService",
  "AffectedUser",
  "AffectedUserConnection",
  "AffectedUserEdge",
  "AssignLicensesPayload",
  "BuyLicensesPayload",
  "ConflictConnection",
  "ConflictEdge",
  "ConflictEvent",
  "CostChange",
  "CreateUserPayload",
  "DataDeletionConnection",
  "DataDeletionEdge",
  "DeleteUsersPayload",
  "Event",
  "Explanation",
  "Fact",
  "LeaveWaitingListPayload",
  "LicenseAssignmentConnection",
  "LicenseAssignmentEdge",
  "LicensePoolConnection",
  "LicensePoolEdge",
  "LicenseSubscriptionConnection",
  "LicenseSubscriptionEdge",
  "Money",
  "PageInfo",
  "ProductConnection",
  "ProductEdge",
  "PurchaseSubscriptionPayload",
  "ReduceLicensesPayload",
  "RemoveLicensesPayload",
  "RenewSubscriptionPayload",
  "ResolutionStep",
  "ResolutionUser",
  "ResolutionUserConnection",
  "ResolveConflictPayload",
  "RestoreUserPayload",
  "ServiceLoss",
  "SetAutoRenewPayload",
  "SetPoolAlertsPayload",
  "UndoRemovalPayload",
  "UserConnection",
  "UserEdge",
  "UserError",
  "WaitingUser",
];

/** Types with an id. A dry run asks for none of them by id, so that what would be does not overwrite what is. */
const identified = [
  "Charge",
  "Conflict",
  "DataDeletion",
  "Group",
  "LicenseAssignment",
  "LicensePool",
  "LicenseSubscription",
  "Organization",
  "Product",
  "Removal",
  "Resolution",
  "ServicePlan",
  "User",
  "Viewer",
];

/** After these the open conflicts may be others; who shows them reads them again, also without a live connection. */
const conflictChanging = [
  "assignLicenses",
  "buyLicenses",
  "deleteUsers",
  "purchaseSubscription",
  "reduceLicenses",
  "removeLicenses",
  "renewSubscription",
  "resolveConflict",
  "restoreUser",
  "undoRemoval",
];

const byId: KeyGenerator = ({ id }) => (typeof id === "string" ? id : null);

const keys: KeyingConfig = {
  ...Object.fromEntries(embedded.map((typename) => [typename, () => null])),
  ...Object.fromEntries(identified.map((typename) => [typename, byId])),
};

const forgetConflicts: UpdateResolver = (_, { input }, cache: Cache) => {
  if (!(input as { dryRun?: boolean }).dryRun) cache.invalidate("Query", "conflicts");
};

/** Objects with an id are kept once: a live event or a mutation's answer changes every screen that shows them. */
export function createCache() {
  return cacheExchange({
    keys,
    updates: { Mutation: Object.fromEntries(conflictChanging.map((name) => [name, forgetConflicts])) },
  });
}
