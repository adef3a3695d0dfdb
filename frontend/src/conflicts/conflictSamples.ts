import { conflict, cost, e3, expired, pool, subscription } from "../testing/samples";

type Fields = Record<string, unknown>;

export const path = "/o/nordvind/conflicts/cfl_1";

const mail = { __typename: "ServicePlan", id: "pln_1", name: "Mail", retentionDays: 30 };
const apps = { __typename: "ServicePlan", id: "pln_2", name: "Apps", retentionDays: 0 };
const now = "2026-11-23T12:00:00Z";

const service = (plan: object, dataKeptUntil: string) => ({
  __typename: "AffectedService",
  plan,
  accessUntil: "2026-12-20T00:00:00Z",
  dataKeptUntil,
});

const services = [service(mail, "2027-03-20T00:00:00Z"), service(apps, "2026-12-20T00:00:00Z")];

const user = (number: number) => ({
  __typename: "User",
  id: `usr_${number}`,
  displayName: `User ${number}`,
  userPrincipalName: `user${number}@nordvind.example`,
});

function affected(count: number, nodes: object[]): object {
  return { __typename: "AffectedUserConnection", totalCount: count, nodes };
}

/** The conflict's page: a subscription has expired, five users lack a license. */
export function conflictPage(fields: Fields = {}): object {
  const reason = "SUBSCRIPTION_EXPIRED";
  const facts = {
    reason,
    resolvedAt: null,
    resolution: null,
    affectedServiceCount: 10,
    product: { ...e3, servicePlans: [mail, apps] },
    pool: pool({ conflict: conflict({ reason }) }),
    subscriptions: [subscription(), subscription(expired)],
    ...fields,
  };
  return { node: conflict(facts), organization: { __typename: "Organization", id: "org_1", now } };
}

export const resolved = {
  shortfall: 0,
  resolvedAt: now,
  resolution: "RENEWED",
  affectedServiceCount: 0,
  pool: pool({ valid: 105, conflict: null }),
};

/** So many affected users, called User 1, User 2 and so on; the page that was asked for. */
export function affectedUsers(count: number): (variables: Fields) => object {
  return ({ offset }) => {
    const from = Number(offset);
    const length = Math.max(0, Math.min(100, count - from));
    const nodes = Array.from({ length }, (_, at) => ({
      __typename: "AffectedUser",
      assignedAt: "2026-01-01T00:00:00Z",
      user: user(from + at + 1),
      services,
    }));
    return { node: { __typename: "Conflict", id: "cfl_1", affectedUsers: affected(count, nodes) } };
  };
}

const losses = [{ __typename: "ServiceLoss", plan: mail, due: "2026-12-23T00:00:00Z" }];

const nobody = { __typename: "ResolutionUserConnection", totalCount: 0, nodes: [] };

const inactive = {
  __typename: "ResolutionUserConnection",
  totalCount: 1,
  nodes: [
    {
      __typename: "ResolutionUser",
      kind: "REMOVE_INACTIVE",
      reason: "Sign-in is blocked.",
      assignedAt: "2026-01-01T00:00:00Z",
      user: user(1),
      movesTo: null,
      losses,
    },
  ],
};

const may = [{ __typename: "Ability", action: "RESOLVE_CONFLICT", allowed: true, reason: null }];

export const mayNot = [{ __typename: "Ability", action: "RESOLVE_CONFLICT", allowed: false, reason: "Needs an owner" }];

const free = cost("0.00", "0.00", "0.00", "0.00");

/** Removes one license, with data. */
export function removal(fields: Fields = {}): object {
  const reason = "Remove it from 1 user who is blocked.";
  return {
    __typename: "Resolution",
    id: "res_1",
    kind: "REMOVE_INACTIVE",
    version: 1,
    resolves: 1,
    dataLoss: true,
    userCount: 1,
    reason,
    cost: free,
    steps: [{ __typename: "ResolutionStep", kind: "REMOVE_INACTIVE", reason }],
    users: inactive,
    can: may,
    ...fields,
  };
}

/** Renews what has expired and ends the conflict. */
export function renewal(fields: Fields = {}): object {
  const reason = "Renew the subscription with 5 licenses.";
  return removal({
    id: "res_2",
    kind: "RENEW",
    resolves: 5,
    dataLoss: false,
    userCount: 0,
    reason,
    cost: cost("0.00", "360.00", "360.00", "4320.00"),
    steps: [{ __typename: "ResolutionStep", kind: "RENEW", reason }],
    users: nobody,
    ...fields,
  });
}

export function resolutions(...proposed: object[]): object {
  return { node: { __typename: "Conflict", id: "cfl_1", resolutions: proposed } };
}

/** The answer to a resolution that was applied. */
export function applied(fields: Fields): object {
  const left = { __typename: "Conflict", id: "cfl_1", shortfall: 0, resolvedAt: now, resolution: "RENEWED" };
  return {
    resolveConflict: {
      __typename: "ResolveConflictPayload",
      conflict: left,
      pool: pool({ valid: 105, conflict: null }),
      removal: null,
      licenseSubscription: null,
      cost: free,
      userErrors: [],
      ...fields,
    },
  };
}

export function refusal(code: string, message: string): object {
  const nothing = { conflict: null, pool: null, removal: null, licenseSubscription: null, cost: null };
  return applied({ ...nothing, userErrors: [{ __typename: "UserError", code, field: null, message, fix: "Look again." }] });
}
