/** Objects as the server would send them, for component tests. */
type Fields = Record<string, unknown>;

const everything = ["BUY_LICENSES", "REDUCE_LICENSES", "RENEW_SUBSCRIPTION", "SET_AUTO_RENEW", "REMOVE_LICENSES", "SET_ALERTS"];

export const allowed = everything.map((action) => ({ __typename: "Ability", action, allowed: true, reason: null }));

export function refused(reason: string, ...actions: string[]): object[] {
  return [...everything, ...actions].map((action) => ({ __typename: "Ability", action, allowed: false, reason }));
}

export function money(amount: string): object {
  return { __typename: "Money", amount, currency: "DKK" };
}

export const e3 = { __typename: "Product", id: "prd_e3", name: "Office 365 E3" };

export function subscription(fields: Fields = {}): object {
  return {
    __typename: "LicenseSubscription",
    id: "sub_1",
    totalLicenses: 100,
    scheduledTotal: null,
    state: "ACTIVE",
    term: "ANNUAL",
    termStart: "2026-02-01T00:00:00Z",
    termEnd: "2027-02-01T00:00:00Z",
    autoRenew: true,
    version: 1,
    accessUntil: null,
    deletedOn: null,
    product: e3,
    pricePerLicense: money("59.00"),
    can: allowed,
    ...fields,
  };
}

export const expired = {
  id: "sub_2",
  totalLicenses: 5,
  state: "EXPIRED",
  term: "MONTHLY",
  termEnd: "2026-11-20T00:00:00Z",
  autoRenew: false,
  accessUntil: "2026-12-20T00:00:00Z",
  deletedOn: "2027-03-20T00:00:00Z",
};

export function pool(fields: Fields = {}): object {
  return {
    __typename: "LicensePool",
    id: "pool_1",
    valid: 100,
    assigned: 105,
    available: 0,
    version: 1,
    alertsMuted: false,
    freeThreshold: null,
    product: e3,
    conflict: conflict(),
    subscriptions: [subscription()],
    can: allowed,
    ...fields,
  };
}

export function conflict(fields: Fields = {}): object {
  return {
    __typename: "Conflict",
    id: "cfl_1",
    reason: "LICENSES_REDUCED",
    shortfall: 5,
    openedAt: "2026-11-20T00:00:00Z",
    ...fields,
  };
}

export function pools(...nodes: object[]): object {
  const edges = nodes.map((node) => ({ __typename: "LicensePoolEdge", node }));
  return { __typename: "LicensePoolConnection", totalCount: nodes.length, edges };
}

export function conflicts(totalCount: number): object {
  return { __typename: "ConflictConnection", totalCount, eventCursor: "c1" };
}

export function cost(currentMonthly: string, newMonthly: string, difference: string, chargedNow: string): object {
  return {
    __typename: "CostChange",
    currentMonthly: money(currentMonthly),
    newMonthly: money(newMonthly),
    difference: money(difference),
    chargedNow: money(chargedNow),
  };
}
