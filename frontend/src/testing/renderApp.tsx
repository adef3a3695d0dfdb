import { createDOMRenderer, webLightTheme } from "@fluentui/react-components";
import { createMemoryHistory } from "@tanstack/react-router";
import axe from "axe-core";
import { afterEach, expect, vi } from "vitest";
import { render } from "vitest-browser-react";
import { App } from "../App";
import { createAppRouter } from "../routes";
import { activateLanguage, type Language } from "../ui/language";

type Variables = Record<string, unknown> & { input: Record<string, unknown> };
/** The answers of a server, by the names of operations. A function is asked with the variables. */
export type Answers = Record<string, object | ((variables: Variables) => object | Promise<object>)>;

/** An answer that depends on what was asked. */
export function on(name: string, answer: (variables: Variables) => object | Promise<object>): Answers {
  return { [name]: answer };
}

/** Who is signed in: an owner. */
export const shell = {
  viewer: {
    __typename: "Viewer",
    id: "mbr_1",
    name: "Anna Aagaard",
    roles: ["OWNER"],
    can: [] as object[],
    organization: {
      __typename: "Organization",
      id: "org_1",
      slug: "nordvind",
      name: "Nordvind",
      now: "2026-11-23T12:00:00Z",
      sandbox: false,
    },
    organizations: [],
  },
};

afterEach(() => vi.unstubAllGlobals());

/** The whole application at an address, against a server that gives these answers; it speaks first only through a socket that is handed in. */
export async function renderApp(path: string, answers: Answers, language: Language = "en", socket: object = SilentSocket) {
  const asked: { name: string; variables: Variables }[] = [];
  vi.stubGlobal("WebSocket", socket);
  vi.stubGlobal("fetch", async (_: unknown, init: RequestInit) => {
    const { operationName: name, variables = {} } = JSON.parse(String(init.body));
    asked.push({ name, variables });
    const answer = ({ Shell: shell, OpenConflicts: noConflicts, ...answers } as Answers)[name as string];
    const data = typeof answer === "function" ? await answer(variables) : answer;
    return new Response(JSON.stringify({ data }), { headers: { "content-type": "application/json" } });
  });
  await activateLanguage(language);
  const router = createAppRouter(createMemoryHistory({ initialEntries: [path] }));
  const screen = await render(<App renderer={createDOMRenderer(document)} theme={webLightTheme} router={router} />);
  return { screen, router, asked };
}

/** WCAG 2.2 A and AA, as far as a program can see. */
export async function expectAccessible(): Promise<void> {
  await vi.waitFor(() => expect(document.getAnimations().filter(runsOut)).toEqual([]), 5000); // half faded in, nothing has contrast
  const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

function runsOut({ effect, playState }: Animation): boolean {
  return playState === "running" && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
}

const noConflicts = { conflicts: { __typename: "ConflictConnection", totalCount: 0, eventCursor: "0" } };

class SilentSocket extends EventTarget {
  close() {}
  send() {}
}
