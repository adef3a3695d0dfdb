import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { FailureInside, FailurePage } from "./ui/FailurePage";
import { NotFoundInside, NotFoundPage } from "./ui/NotFoundPage";
import { OrganizationLayout } from "./ui/OrganizationLayout";
import { StartPage } from "./ui/StartPage";

/** All pages on one screen. A page's code is loaded with its first visit. */
const rootRoute = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: FailurePage });

const startRoute = createRoute({ getParentRoute: () => rootRoute, path: "/", component: StartPage });

const organizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/o/$org",
  component: OrganizationLayout,
  errorComponent: FailurePage,
  notFoundComponent: NotFoundInside,
});

const homeRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/o/$org/licenses", params, replace: true });
  },
});

const licensesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/licenses",
  validateSearch: (search): { renew?: string; alerts?: string } => ({
    ...text("renew", search.renew),
    ...text("alerts", search.alerts),
  }),
  component: lazyRouteComponent(() => import("./licenses/LicensesPage"), "LicensesPage"),
});

const subscriptionsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/subscriptions",
  validateSearch: (search): { pool?: string; intent?: "buy" | "renew"; renew?: string } => ({
    ...text("pool", search.pool),
    ...text("renew", search.renew),
    ...(search.intent === "buy" || search.intent === "renew" ? { intent: search.intent } : {}),
  }),
  component: lazyRouteComponent(() => import("./subscriptions/SubscriptionsPage"), "SubscriptionsPage"),
});

const purchaseRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/subscriptions/new",
  validateSearch: (search): { product?: string } => ({ ...text("product", search.product) }),
  component: lazyRouteComponent(() => import("./purchase/PurchasePage"), "PurchasePage"),
});

const subscriptionLicensesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/subscriptions/$id/licenses",
  component: lazyRouteComponent(() => import("./subscriptions/ChangeLicensesPage"), "ChangeLicensesPage"),
});

const renewRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/subscriptions/$id/renew",
  beforeLoad: ({ params: { org, id } }) => {
    throw redirect({ to: "/o/$org/subscriptions", params: { org }, search: { renew: id }, replace: true });
  },
});

const removeLicensesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/licenses/$pool/remove",
  validateSearch: (search): { step?: "review" | "done"; q?: string } => ({
    ...text("q", search.q),
    ...(search.step === "review" || search.step === "done" ? { step: search.step } : {}),
  }),
  component: lazyRouteComponent(() => import("./removal/RemoveLicensesPage"), "RemoveLicensesPage"),
});

const conflictRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/conflicts/$id",
  validateSearch: (search): { users?: string } => ({ ...text("users", search.users) }),
  component: lazyRouteComponent(() => import("./conflicts/ConflictPage"), "ConflictPage"),
});

const usersRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/users",
  validateSearch: (search): UsersSearch => ({
    ...text("q", search.q),
    ...text("user", search.user),
    ...(search.tab === "deleted" ? { tab: "deleted" } : {}),
    ...(search.add === true ? { add: true } : {}),
  }),
  component: lazyRouteComponent(() => import("./users/UsersPage"), "UsersPage"),
});

const pages = organizationRoute.addChildren([
  homeRoute,
  licensesRoute,
  removeLicensesRoute,
  conflictRoute,
  subscriptionsRoute,
  purchaseRoute,
  subscriptionLicensesRoute,
  renewRoute,
  usersRoute,
]);

const routeTree = rootRoute.addChildren([startRoute, pages]);

/** The router of the application; tests hand it a history of their own. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    defaultErrorComponent: FailureInside,
    defaultPreload: "intent",
    scrollRestoration: true,
    ...(history && { history }),
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}

/** The search, the tab, the user whose panel is open, whether one is being added. */
type UsersSearch = { q?: string; tab?: "deleted"; user?: string; add?: true };

/** A search parameter that is a text, else nothing: nonsense in an address is left out. */
function text<Name extends string>(name: Name, value: unknown): { [key in Name]?: string } {
  return typeof value === "string" && value !== "" ? ({ [name]: value } as { [key in Name]?: string }) : {};
}
