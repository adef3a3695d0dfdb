import { createDOMRenderer } from "@fluentui/react-components";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { createAppRouter } from "./routes";
import { activateLanguage, chooseLanguage } from "./ui/language";
import "./ui/page.css";
import { preferences } from "./ui/preferences";
import { loadTheme } from "./ui/themes";

const { language, theme } = preferences.get();
const [initialTheme] = await Promise.all([
  loadTheme(theme),
  activateLanguage(chooseLanguage(location.search, language, navigator.languages)),
]);

/** The server writes the response's nonce here; its content security policy lets in no other style element. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root");
createRoot(root).render(<App renderer={renderer} theme={initialTheme} router={createAppRouter()} />);
