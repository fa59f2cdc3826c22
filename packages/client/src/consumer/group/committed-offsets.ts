/**
 * What a group has committed, asked of its coordinator.
 */
import { toSafeNumber, topicIdFromBytes, topicIdToBytes } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { delay } from '../../abortable.ts';
import { backoffMs } from '../../backoff-policy.ts';
import type { ClientSettings } from '../../client-options.ts';
import type { CommitIdentity } from './committer.ts';
import type { GroupCoordinator } from './group-coordinator.ts';
import { isCoordinatorElsewhere } from './group-error-policy.ts';
import { parsePartitionKey, partitionKey, type PartitionKey } from './partition-key.ts';

/** The place of a group in one partition. */
export interface CommittedPlace {
  /** The next offset to be read; −1: nothing was committed. */
  readonly offset: number;
  /** Of the record before it; −1: unknown. */
  readonly leaderEpoch: number;
  readonly metadata: string;
}

export interface OffsetFetchContext {
  readonly settings: ClientSettings;
  readonly coordinator: GroupCoordinator;
  readonly identity: () => CommitIdentity;
  /** The coordinator does not accept the member as it is. */
  readonly onRefused: () => void;
}

/**
 * The committed places of partitions. One that does not exist (any more) is left out.
 * Tries again after errors that pass, until the signal aborts (ABORTED) or `timeoutMs` is over; rejects at once with
 * those that do not (GROUP_AUTHORIZATION_FAILED, …).
 */
export async function fetchCommittedPlaces(
  context: OffsetFetchContext,
  keys: readonly PartitionKey[],
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<Map<PartitionKey, CommittedPlace>> {
  const { clock, random, retryBackoffMs, retryBackoffMaxMs } = context.settings;
  const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
  const deadlineMs = clock.monotonicMs() + options.timeoutMs;
  const places = new Map<PartitionKey, CommittedPlace>();
  let open: readonly PartitionKey[] = keys;
  for (let tries = 1; open.length > 0; tries++) {
    const failure = await askOnce(context, open, places);
    if (failure === undefined) break;
    open = failure.keys;
    const waitMs = backoffMs(tries, limits, random);
    if (!isPassing(failure.error) || clock.monotonicMs() + waitMs > deadlineMs) throw failure.error;
    await delay(clock, waitMs, options.signal);
  }
  return places;
}

/** One request; the partitions that have no answer yet, and why. */
async function askOnce(
  { coordinator, identity, onRefused }: OffsetFetchContext,
  keys: readonly PartitionKey[],
  places: Map<PartitionKey, CommittedPlace>,
): Promise<{ readonly keys: readonly PartitionKey[]; readonly error: TidelogError } | undefined> {
  const { groupId, memberId, memberEpoch } = identity();
  let failure: TidelogError | undefined;
  const failed: PartitionKey[] = [];
  try {
    const answer = await coordinator.request('OFFSET_FETCH', {
      groupId,
      memberId,
      memberEpoch,
      requireStable: true,
      partitions: keys.map((key) => {
        const { topicId, partition } = parsePartitionKey(key);
        return { topicId: topicIdToBytes(topicId), partition };
      }),
    });
    for (const row of answer.partitions) {
      const { topicId = new Uint8Array(0), partition = 0, errorCode = 0, errorMessage = '' } = row;
      if (topicId.length === 0) continue;
      const key = partitionKey(topicIdFromBytes(topicId), partition);
      if (errorCode === 0) {
        const offset = toSafeNumber(row.committedOffset ?? 0, 'committed offset');
        const leaderEpoch = (row.committedLeaderEpochPlusOne ?? 0) - 1;
        places.set(key, { offset, leaderEpoch, metadata: row.metadata ?? '' });
        continue;
      }
      const error = TidelogError.fromWire(errorCode, errorMessage, { partition });
      if (isAboutTheTopic(error)) continue;
      failure = error;
      failed.push(key);
    }
    return failure === undefined ? undefined : { keys: failed, error: failure };
  } catch (thrown) {
    const error = TidelogError.from(thrown);
    if (isCoordinatorElsewhere(error)) coordinator.forget();
    if (isAboutTheMember(error)) onRefused();
    return { keys, error };
  }
}

function isPassing(error: TidelogError): boolean {
  if (error.code === 'CLOSED') return false;
  return error.retriable || isCoordinatorElsewhere(error) || isAboutTheMember(error);
}

function isAboutTheTopic({ code }: TidelogError): boolean {
  return code === 'UNKNOWN_TOPIC_OR_PARTITION' || code === 'UNKNOWN_TOPIC_ID';
}

/** The heartbeat decides what becomes of the member; until then it asks again. */
function isAboutTheMember({ code }: TidelogError): boolean {
  return code === 'STALE_MEMBER_EPOCH' || code === 'UNKNOWN_MEMBER_ID' || code === 'FENCED_MEMBER_EPOCH';
}
