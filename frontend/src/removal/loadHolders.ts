import type { Client } from "urql";
import { HolderNamesDocument } from "../gql/graphql";

type Span = { pool: string; search: string; from: number; to: number };

const perCall = 200;
const atOnce = 4;

/** The holders from one row to another, also those whose rows were never on the screen; says how far it has come. */
export async function loadHolders(client: Client, span: Span, tell: (loaded: number) => void): Promise<Map<string, string>> {
  const users = new Map<string, string>();
  const wanted = span.to - span.from + 1;
  for (let start = span.from; start <= span.to; start += perCall * atOnce) {
    const offsets = [...Array(atOnce).keys()].map((part) => start + part * perCall).filter((offset) => offset <= span.to);
    const pages = await Promise.all(offsets.map((offset) => namesFrom(client, span, offset)));
    for (const [id, name] of pages.flat()) if (users.size < wanted) users.set(id, name);
    tell(users.size);
  }
  return users;
}

async function namesFrom(client: Client, { pool, search }: Span, offset: number): Promise<[string, string][]> {
  const asked = client.query(HolderNamesDocument, { pool, offset, search }, { requestPolicy: "network-only" });
  const { data, error } = await asked;
  if (error) throw error;
  if (data?.node?.__typename !== "LicensePool") return [];
  return data.node.assignments.nodes.map(({ user }) => [user.id, user.displayName]);
}
