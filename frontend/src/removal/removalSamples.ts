import { e3, pool, refused } from "../testing/samples";

type Fields = Record<string, unknown>;

export const path = "/o/nordvind/licenses/pool_1/remove";

const servicePlans = [{ __typename: "ServicePlan", id: "pln_1", name: "Mail", retentionDays: 30 }];

export function poolToRemoveFrom(fields: Fields = {}): object {
  const own = pool({ product: { ...e3, servicePlans }, shortfall: 5, ...fields });
  return { node: own, organization: { __typename: "Organization", id: "org_1", now: "2026-11-23T12:00:00Z" } };
}

export const readersPool = poolToRemoveFrom({ can: refused("Needs an owner") });

/** So many holders, called User 1, User 2 and so on; the page that was asked for. */
export function holders(count: number, perPage: number): (variables: Fields) => object {
  return ({ offset }) => {
    const from = Number(offset);
    const length = Math.max(0, Math.min(perPage, count - from));
    const nodes = Array.from({ length }, (_, at) => assignment(from + at + 1));
    const assignments = { __typename: "LicenseAssignmentConnection", totalCount: count, nodes };
    return { node: { __typename: "LicensePool", id: "pool_1", assignments } };
  };
}

function assignment(number: number): object {
  const user = {
    __typename: "User",
    id: `usr_${number}`,
    displayName: `User ${number}`,
    userPrincipalName: `user${number}@nordvind.example`,
    department: "",
    lastActiveOn: null,
  };
  return { __typename: "LicenseAssignment", id: `asg_${number}`, assignedAt: "2026-01-01T00:00:00Z", backed: true, user };
}

export function preview(): object {
  const deletion = { __typename: "DataDeletion", due: "2026-12-23T00:00:00Z", doneAt: null };
  const plan = { __typename: "ServicePlan", code: "MAIL", name: "Mail", retentionDays: 30 };
  return {
    removeLicenses: {
      __typename: "RemoveLicensesPayload",
      removal: { __typename: "Removal", removedCount: 1, undoableUntil: "2026-12-23T00:00:00Z" },
      conflict: null,
      dataDeletions: [{ ...deletion, plan }],
      userErrors: [],
    },
  };
}

export function removed(removedCount: number, version: number): object {
  return {
    removeLicenses: {
      __typename: "RemoveLicensesPayload",
      removal: { __typename: "Removal", id: `rmv_${version}`, removedCount, undoableUntil: "2026-12-23T00:00:00Z" },
      pool: (poolToRemoveFrom({ version }) as { node: object }).node,
      conflict: null,
      userErrors: [],
    },
  };
}

export function refusedRemoval(code: string, message: string): object {
  const refusal = { __typename: "UserError", code, field: null, message, fix: "Look again." };
  const nothing = { removal: null, pool: null, conflict: null, userErrors: [refusal] };
  return { removeLicenses: { __typename: "RemoveLicensesPayload", ...nothing } };
}
