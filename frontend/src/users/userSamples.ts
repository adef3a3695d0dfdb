import { e3, pool, pools } from "../testing/samples";

const manage = { __typename: "Ability", action: "MANAGE_USERS", allowed: true, reason: null };

/** A user as the server would send one, for component tests. */
export const anna = {
  __typename: "User",
  id: "usr_1",
  displayName: "Anna Aagaard",
  userPrincipalName: "anna@nordvind.example",
  usageLocation: "DK",
  department: "Sales",
  lastActiveOn: null,
  signInBlocked: false,
  deletedAt: null as string | null,
  licenses: [
    {
      __typename: "LicenseAssignment",
      id: "asg_1",
      assignedAt: "2026-01-01T00:00:00Z",
      backed: false,
      direct: true,
      groups: [] as object[],
      product: { ...e3, servicePlans: [{ __typename: "ServicePlan", id: "pln_1", name: "Mail" }] },
    },
  ],
  waitingFor: [] as object[],
  dataDeletions: [],
  can: [manage],
};

export const users = (...nodes: object[]) => ({ users: { __typename: "UserConnection", totalCount: nodes.length, nodes } });
export const answers = {
  UsersPage: { viewer: { __typename: "Viewer", id: "mbr_1", can: [manage] } },
  Users: users(anna),
  UserPanel: { node: anna },
  LicensesToGive: {
    licensePools: pools(
      pool({ can: [] }),
      pool({ id: "pool_2", available: 12, product: { ...e3, id: "prd_2", name: "Visio" }, can: [] }),
    ),
    organization: { __typename: "Organization", id: "org_1", country: "DK" },
  },
};

export const place = {
  __typename: "WaitingUser",
  askedAt: "2026-11-20T00:00:00Z",
  direct: true,
  position: 3,
  product: e3,
  passedOver: null as object | null,
};
