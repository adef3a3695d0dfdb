type Service = { accessUntil: string; dataKeptUntil: string; plan: { id: string; name: string } };

/** Services that end on the same days. */
export type Deadline = {
  services: string[];
  accessUntil: string;
  dataKeptUntil: string;
  /** Some of the users have them longer. */
  later: boolean;
};

/** When the first of the users lose each service and its data; services with the same days together, the earliest first. */
export function deadlines(users: readonly { services: readonly Service[] }[]): Deadline[] {
  const byPlan = new Map<string, Deadline>();
  for (const { plan, ...dates } of users.flatMap(({ services }) => services)) {
    const known = byPlan.get(plan.id);
    byPlan.set(plan.id, known ? earlier(known, dates) : { ...dates, services: [plan.name], later: false });
  }
  const byDays = new Map<string, Deadline>();
  for (const deadline of byPlan.values()) {
    const key = `${daysOf(deadline)} ${deadline.later}`;
    const services = [...(byDays.get(key)?.services ?? []), ...deadline.services].sort();
    byDays.set(key, { ...deadline, services });
  }
  return [...byDays.values()].sort(compare);
}

/** The service has no data of its own. */
export function keepsNothing({ accessUntil, dataKeptUntil }: Dates): boolean {
  return dataKeptUntil <= accessUntil;
}

type Dates = Pick<Deadline, "accessUntil" | "dataKeptUntil">;

function earlier(known: Deadline, other: Dates): Deadline {
  const { accessUntil, dataKeptUntil } = compare(other, known) < 0 ? other : known;
  return { ...known, accessUntil, dataKeptUntil, later: known.later || daysOf(known) !== daysOf(other) };
}

function compare(one: Dates, other: Dates): number {
  return daysOf(one).localeCompare(daysOf(other));
}

function daysOf({ accessUntil, dataKeptUntil }: Dates): string {
  return `${accessUntil.slice(0, 10)} ${dataKeptUntil.slice(0, 10)}`;
}
