import type { ConflictFactsFragment, ResolutionFactsFragment } from "../gql/graphql";
import { type LostData, lostData } from "../removal/dataLoss";

type Loss = {
  resolution: Pick<ResolutionFactsFragment, "dataLoss" | "userCount" | "users">;
  plans: ConflictFactsFragment["product"]["servicePlans"];
  /** The organization's time. */
  now: string;
  /** Writes several names as one. */
  join: (names: string[]) => string;
};

/** What a resolution deletes: services whose data is gone on the same day on one line, the earliest first. */
export function lossOf({ resolution: { dataLoss, userCount, users }, plans, now, join }: Loss): LostData[] {
  if (!dataLoss) return [];
  const losses = users.nodes.flatMap((user) => user.losses);
  const lines = new Map<string, { days: LostData; names: string[] }>();
  for (const { name, ...days } of lostData(losses, plans, now, users.nodes.length >= userCount)) {
    const day = days.gone?.slice(0, 10) ?? "";
    const line = lines.get(day);
    lines.set(day, { days: { ...days, name }, names: [...(line?.names ?? []), name] });
  }
  return [...lines.values()].map(({ days, names }) => ({ ...days, name: join(names) }));
}
