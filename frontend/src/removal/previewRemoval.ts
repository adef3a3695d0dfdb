import { useEffect, useState } from "react";
import { type Client, type CombinedError, useClient } from "urql";
import { readFragment } from "../gql/fragment-masking";
import {
  PreviewRemoveLicensesDocument,
  type PreviewRemoveLicensesMutation,
  type RefusalFragment,
  RefusalFragmentDoc,
} from "../gql/graphql";
import { chunks, usersPerCall } from "./chunks";

type Answer = PreviewRemoveLicensesMutation["removeLicenses"];

export type RemovalPreview = {
  /** How many of the chosen users still hold the license. */
  removedCount: number;
  dataDeletions: NonNullable<Answer["dataDeletions"]>;
  refusals: readonly RefusalFragment[];
  error?: CombinedError | undefined;
};

type Asked = { productId: string; userIds: readonly string[]; version: number };

/** What the removal would do, by the server's dry run of it on this version of the pool; undefined until it is known. */
export function useRemovalPreview({ productId, userIds, version }: Asked): RemovalPreview | undefined {
  const client = useClient();
  const [known, setKnown] = useState<{ version: number; preview: RemovalPreview }>();
  useEffect(() => {
    let wanted = true;
    preview(client, productId, userIds).then((answer) => wanted && setKnown({ version, preview: answer }));
    return () => {
      wanted = false;
    };
  }, [client, productId, userIds, version]);
  return known?.preview;
}

async function preview(client: Client, productId: string, userIds: readonly string[]): Promise<RemovalPreview> {
  const sum: RemovalPreview = { removedCount: 0, dataDeletions: [], refusals: [] };
  for (const part of chunks(userIds, usersPerCall)) {
    const input = { productId, userIds: part, acknowledgeDataLoss: true, dryRun: true };
    const { data, error } = await client.mutation(PreviewRemoveLicensesDocument, { input });
    if (!data) return { ...sum, error };
    const { removal, dataDeletions, userErrors } = data.removeLicenses;
    if (userErrors.length > 0) return { ...sum, refusals: readFragment(RefusalFragmentDoc, userErrors) };
    sum.removedCount += removal?.removedCount ?? 0;
    sum.dataDeletions.push(...(dataDeletions ?? []));
  }
  return sum;
}
