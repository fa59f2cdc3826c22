/** The assignors that a broker has, by the name that members ask for, and which one a group gets. */
import type { Assignor } from './assignor.ts';
import { rangeAssignor } from './range-assignor.ts';
import { uniformAssignor } from './uniform-assignor.ts';

/** The first is the default, and wins when as many members ask for it as for another. */
const ASSIGNORS: ReadonlyMap<string, Assignor> = new Map(
  [uniformAssignor, rangeAssignor].map((assignor) => [assignor.name, assignor]),
);

export function isServerAssignor(name: string): boolean {
  return ASSIGNORS.has(name);
}

/** For messages. */
export function serverAssignorNames(): readonly string[] {
  return [...ASSIGNORS.keys()];
}

/** The one that most members ask for; members that ask for none leave it to the others. */
export function preferredAssignor(asked: Iterable<string | undefined>): Assignor {
  const votes = new Map<string, number>();
  for (const name of asked) if (name !== undefined) votes.set(name, (votes.get(name) ?? 0) + 1);
  let preferred = uniformAssignor;
  for (const assignor of ASSIGNORS.values()) {
    if ((votes.get(assignor.name) ?? 0) > (votes.get(preferred.name) ?? 0)) preferred = assignor;
  }
  return preferred;
}
