import { FluentProvider, makeStyles, RendererProvider, type Theme, tokens } from "@fluentui/react-components";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { RouterProvider } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSignedOut } from "./api/session";
import type { AppRouter } from "./routes";
import { AnnouncerProvider } from "./ui/Announcer";
import { SignedOutPage } from "./ui/SignedOutPage";
import { useTheme } from "./ui/themes";

type AppProps = { renderer: Parameters<typeof RendererProvider>[0]["renderer"]; theme: Theme; router: AppRouter };

const useStyles = makeStyles({
  page: { minHeight: "100vh", backgroundColor: tokens.colorNeutralBackground2 },
});

export function App({ renderer, theme, router }: AppProps) {
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <Themed theme={theme}>
        <I18nProvider i18n={i18n}>
          <AnnouncerProvider>{useSignedOut() ? <SignedOutPage /> : <RouterProvider router={router} />}</AnnouncerProvider>
        </I18nProvider>
      </Themed>
    </RendererProvider>
  );
}

/** Below the renderer's provider: a style asked for above it would come without the nonce and be refused. */
function Themed({ theme, children }: { theme: Theme; children: ReactNode }) {
  return (
    <FluentProvider theme={useTheme(theme)}>
      <Background>{children}</Background>
    </FluentProvider>
  );
}

/** Not a class of the provider: that one is copied to every dialog and menu, which it would cover the page with. */
function Background({ children }: { children: ReactNode }) {
  return <div className={useStyles().page}>{children}</div>;
}
