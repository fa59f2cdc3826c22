/**
 * Requests about groups that only their coordinators answer: finds the coordinators, asks each once for all its
 * groups, and asks again for those whose coordinator had moved or was not there, until metadataTimeoutMs.
 */
import { TidelogError } from '@tidelog/record/errors';
import { delay, type WaitOptions } from './abortable.ts';
import { backoffMs } from './backoff-policy.ts';
import type { ClientSettings } from './client-options.ts';
import type { ClusterMetadata } from './cluster-metadata.ts';
import { isAboutTheCoordinator, type Coordinator } from './coordinator-lookup.ts';

export interface CoordinatorContext extends WaitOptions {
  readonly settings: ClientSettings;
  readonly metadata: ClusterMetadata;
  /**
   * False: a request whose answer did not come may have been carried out and is not sent again. True unless given.
   */
  readonly isRepeatable?: boolean;
}

/** What a coordinator said about one group; with an error the rest is not looked at. */
export interface GroupAnswer {
  readonly groupId: string;
  readonly error?: TidelogError | undefined;
}

/**
 * Asks the coordinators of the groups. Returns one answer per group, in the order of `groupIds`; a group that
 * could not be asked about has an answer with the reason. Rejects with ABORTED or CLOSED only.
 */
export async function askCoordinators<A extends GroupAnswer>(
  context: CoordinatorContext,
  groupIds: readonly string[],
  ask: (coordinator: Coordinator, groupIds: readonly string[]) => Promise<readonly A[]>,
): Promise<(A | Required<GroupAnswer>)[]> {
  const { settings, metadata, signal } = context;
  const { clock, random, metadataTimeoutMs, retryBackoffMs, retryBackoffMaxMs } = settings;
  const deadlineMs = clock.monotonicMs() + metadataTimeoutMs;
  const answers = new Map<string, A | Required<GroupAnswer>>();
  let open = [...new Set(groupIds)];
  for (let tries = 1; ; tries++) {
    const coordinators = await metadata.coordinators.findAll(open, { signal });
    const groupsOf = new Map<Coordinator, string[]>();
    for (const groupId of open) {
      const found = coordinators.get(groupId) as Coordinator | TidelogError;
      if (found instanceof TidelogError) answers.set(groupId, { groupId, error: found });
      else addTo(groupsOf, sameCoordinator(groupsOf, found), groupId);
    }
    const asked = [...groupsOf].map(async ([coordinator, groups]) => {
      for (const row of await askOne(coordinator, groups, ask)) answers.set(row.groupId, row);
    });
    await Promise.all(asked);
    open = open.filter((groupId) => mayAskAgain(answers.get(groupId)?.error, context));
    for (const groupId of open) metadata.coordinators.invalidate(groupId);
    const waitMs = backoffMs(tries, { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs }, random);
    if (open.length === 0 || clock.monotonicMs() + waitMs > deadlineMs) {
      return groupIds.map((groupId) => answers.get(groupId) as A | Required<GroupAnswer>);
    }
    await delay(clock, waitMs, signal);
  }
}

/** As `askCoordinators`, about one group. Rejects with the error. */
export async function askCoordinator<T>(
  context: CoordinatorContext,
  groupId: string,
  ask: (coordinator: Coordinator) => Promise<T>,
): Promise<T> {
  const [answer] = await askCoordinators(context, [groupId], async (coordinator) => [
    { groupId, value: await ask(coordinator) },
  ]);
  if (answer === undefined || !('value' in answer)) throw answer?.error ?? missing(groupId);
  return answer.value;
}

/** One request; an answer for every group, also when the request failed. Rejects with CLOSED. */
async function askOne<A extends GroupAnswer>(
  coordinator: Coordinator,
  groupIds: readonly string[],
  ask: (coordinator: Coordinator, groupIds: readonly string[]) => Promise<readonly A[]>,
): Promise<(A | Required<GroupAnswer>)[]> {
  try {
    const byGroup = new Map((await ask(coordinator, groupIds)).map((row) => [row.groupId, row]));
    return groupIds.map((groupId) => byGroup.get(groupId) ?? { groupId, error: missing(groupId) });
  } catch (thrown) {
    const error = TidelogError.from(thrown);
    if (error.code === 'CLOSED') throw error;
    return groupIds.map((groupId) => ({ groupId, error }));
  }
}

function mayAskAgain(error: TidelogError | undefined, { isRepeatable = true }: CoordinatorContext): boolean {
  if (error === undefined || !isAboutTheCoordinator(error)) return false;
  // The request may have arrived.
  const isAmbiguous = error.code === 'NETWORK_EXCEPTION' || error.code === 'REQUEST_TIMED_OUT';
  return isRepeatable || !isAmbiguous;
}

/** The key under which groups of this broker are collected: lookups of several groups give several objects. */
function sameCoordinator(groupsOf: ReadonlyMap<Coordinator, string[]>, found: Coordinator): Coordinator {
  for (const known of groupsOf.keys()) if (known.brokerId === found.brokerId) return known;
  return found;
}

function addTo<K>(lists: Map<K, string[]>, key: K, item: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function missing(groupId: string): TidelogError {
  return new TidelogError('MALFORMED_FRAME', `the answer has no result for group ${JSON.stringify(groupId)}`);
}
