/**
 * What a program asks to be committed, as targets of the committer.
 */
import { TidelogError } from '@tidelog/record/errors';
import { ConsumerBatch, ConsumerRecord } from '../consumer-record.ts';
import type { PartitionReader } from '../partition-reader.ts';
import type { TopicPartition } from '../subscription.ts';
import type { CommitTarget } from './commit-queue.ts';
import { partitionKey } from './partition-key.ts';

/** A place to commit in one partition. */
export interface OffsetToCommit extends TopicPartition {
  /** The next offset to be read: one more than the last record that was processed. */
  readonly offset: number;
  /** Kept with the offset, at most 4096 bytes unless the broker says otherwise; empty unless given. */
  readonly metadata?: string | undefined;
}

/** Up to and including a record or batch, or explicit places. */
export type CommitArgument<K, V> = ConsumerRecord<K, V> | ConsumerBatch<K, V> | readonly OffsetToCommit[];

export interface CommitScope {
  /** The readers of the partitions that may be committed. */
  reader(at: TopicPartition): PartitionReader | undefined;
  readonly tenure: number;
}

/** Of targets that nobody owns: they are never sent, and fail on their own. */
export const NO_TENURE = -1;

/** The targets of an argument. Throws INVALID_ARGUMENT. */
export function targetsOf<K, V>(argument: CommitArgument<K, V>, scope: CommitScope): CommitTarget[] {
  if (argument instanceof ConsumerRecord) {
    const { topic, partition, offset, leaderEpoch, origin } = argument;
    return [targetOfRead({ topic, partition, offset: offset + 1, leaderEpoch }, origin, scope)];
  }
  if (argument instanceof ConsumerBatch) {
    const { topic, partition, lastOffset, leaderEpoch, origin } = argument;
    return [targetOfRead({ topic, partition, offset: lastOffset + 1, leaderEpoch }, origin, scope)];
  }
  if (!Array.isArray(argument)) {
    throw invalid('commit takes nothing, a record, a batch, or a list of { topic, partition, offset }');
  }
  return argument.map((at: OffsetToCommit) => targetOfOffset(at, scope));
}

/** What a reader has processed, as a target. */
export function processedTarget(reader: PartitionReader, tenure: number): CommitTarget {
  const { topic, topicId, partition, processed } = reader;
  return { ...processed, key: partitionKey(topicId, partition), topic, partition, metadata: '', tenure };
}

function targetOfRead(
  at: TopicPartition & { readonly offset: number; readonly leaderEpoch: number },
  origin: object,
  scope: CommitScope,
): CommitTarget {
  const reader = scope.reader(at);
  // A record from before the partition was lost and came back says nothing about where the group is now.
  if (reader === undefined || reader !== origin) return notOwned({ ...at, metadata: '' });
  return { ...at, metadata: '', tenure: scope.tenure, key: partitionKey(reader.topicId, at.partition) };
}

function targetOfOffset(at: OffsetToCommit, scope: CommitScope): CommitTarget {
  if (typeof at !== 'object' || (at as unknown) === null) {
    throw invalid('commit: an entry of the list is not { topic, partition, offset }');
  }
  const { topic, partition, offset, metadata = '' } = at;
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw invalid(
      `commit: offset is ${String(offset)}; it must be the next offset to be read, an integer from 0 to 2^53 − 1`,
    );
  }
  if (typeof metadata !== 'string') throw invalid('commit: metadata must be a string');
  const reader = scope.reader({ topic, partition });
  const place = { topic, partition, offset, metadata, leaderEpoch: -1 };
  if (reader === undefined) return notOwned(place);
  return { ...place, tenure: scope.tenure, key: partitionKey(reader.topicId, partition) };
}

/** Not a key of any partition: no topic id holds a question mark. */
function notOwned(place: Omit<CommitTarget, 'key' | 'tenure'>): CommitTarget {
  return { ...place, key: `?${place.topic}:${place.partition}`, tenure: NO_TENURE };
}

function invalid(message: string): TidelogError {
  return new TidelogError('INVALID_ARGUMENT', message);
}
