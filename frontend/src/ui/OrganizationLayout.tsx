import { makeStyles, Toaster, tokens } from "@fluentui/react-components";
import { getRouteApi, Outlet, useRouterState } from "@tanstack/react-router";
import { useMemo } from "react";
import { Provider, useQuery } from "urql";
import { createApiClient } from "../api/client";
import { LiveUpdates } from "../conflicts/LiveUpdates";
import { ShellDocument } from "../gql/graphql";
import { FullPage } from "./FullPage";
import { Header } from "./Header";
import { Navigation } from "./Navigation";
import { QueryError } from "./QueryError";
import { SkipLink } from "./SkipLink";
import { toasterId } from "./toasts";
import { useRouteFocus } from "./useRouteFocus";
import { ViewerContext } from "./viewer";

const route = getRouteApi("/o/$org");

const useStyles = makeStyles({
  body: {
    display: "grid",
    gridTemplateColumns: "232px minmax(0, 1fr)",
    "@media (max-width: 760px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  main: { minHeight: "calc(100vh - 48px)", outlineStyle: "none", scrollMarginTop: "48px" },
  toaster: { color: tokens.colorNeutralForeground1 },
});

/** Everything of one organization: its API client, the frame around its pages, toasts. */
export function OrganizationLayout() {
  const { org } = route.useParams();
  return (
    <Provider key={org} value={useMemo(() => createApiClient(org), [org])}>
      <Frame />
    </Provider>
  );
}

function Frame() {
  const styles = useStyles();
  const [{ data, error }, retry] = useQuery({ query: ShellDocument });
  const mainRef = useRouteFocus(useRouterState({ select: (state) => state.location.pathname }));
  if (!data && error) {
    return (
      <FullPage>
        <QueryError error={error} onRetry={() => retry({ requestPolicy: "network-only" })} />
      </FullPage>
    );
  }
  return (
    <ViewerContext value={data?.viewer}>
      <SkipLink />
      <Header viewer={data?.viewer} />
      <div className={styles.body}>
        <Navigation />
        <main id="main" ref={mainRef} tabIndex={-1} className={styles.main}>
          <LiveUpdates>
            <Outlet />
          </LiveUpdates>
        </main>
      </div>
      <Toaster toasterId={toasterId} position="bottom-end" pauseOnHover pauseOnWindowBlur timeout={10_000} />
    </ViewerContext>
  );
}
