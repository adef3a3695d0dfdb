import { useCallback, useEffect, useState } from "react";
import { type Client, CombinedError, useClient } from "urql";
import { readFragment } from "../gql/fragment-masking";
import { CatalogDocument, type CatalogProductFragment, CatalogProductFragmentDoc } from "../gql/graphql";

export type Product = CatalogProductFragment;
type Catalog = { products?: readonly Product[]; error?: CombinedError };

/** The whole catalog by name, so that it can be searched at every key; undefined until all of it is there. */
export function useCatalog(): Catalog & { readAgain: () => void } {
  const client = useClient();
  const [catalog, setCatalog] = useState<Catalog>({});
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round reads again
  useEffect(() => {
    let wanted = true;
    loadCatalog(client).then(
      (products) => wanted && setCatalog({ products }),
      (error) => wanted && setCatalog({ error }),
    );
    return () => {
      wanted = false;
    };
  }, [client, round]);
  return { ...catalog, readAgain: useCallback(() => setRound((before) => before + 1), []) };
}

async function loadCatalog(client: Client): Promise<Product[]> {
  const products: Product[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const asked = client.query(CatalogDocument, after === undefined ? {} : { after }, { requestPolicy: "network-only" });
    const { data, error } = await asked;
    if (!data) throw error ?? new CombinedError({ networkError: new Error("no answer") });
    const { edges, pageInfo } = data.products;
    products.push(...readFragment(CatalogProductFragmentDoc, edges?.flatMap((edge) => edge?.node ?? []) ?? []));
    after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  }
  return products;
}

const shown = 50;

/** Those whose names or part numbers hold what is typed, as many as a list can be read through, and how many more there are. */
export function findProducts(products: readonly Product[], typed: string): { found: Product[]; more: number } {
  const wanted = typed.trim().toLowerCase();
  const found = products.filter((product) => `${product.name} ${product.partNumber}`.toLowerCase().includes(wanted));
  return { found: found.slice(0, shown), more: Math.max(0, found.length - shown) };
}
