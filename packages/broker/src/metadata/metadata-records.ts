/**
 * The records that the cluster's metadata consists of. They are JSON in a journal or in Redis, so they are
 * checked when they are read: a record of an unknown type comes from a newer version, and applying the rest
 * without it would be wrong.
 *
 * Invariant: a type keeps its meaning for ever; a change of meaning is a new type. Fields may be added with a
 * default for their absence.
 */
import { TidelogError } from '@tidelog/record/errors';
import { isTopicId } from '@tidelog/protocol';
import type { TopicId } from '@tidelog/protocol';

/** Who holds a partition and who leads it. */
export interface PartitionAssignment {
  /** In order of preference; the first is the preferred leader. */
  readonly replicaIds: readonly number[];
  readonly isrIds: readonly number[];
  /** −1: none. */
  readonly leaderId: number;
  /** Rises with every change of leader and every new start of the leader. */
  readonly leaderEpoch: number;
}

/** The first record of every chain. */
export interface ClusterRegistered {
  readonly type: 'clusterRegistered';
  readonly clusterId: string;
  /** 1 … 2^20 − 1: the upper bits of all producer ids that this cluster gives out. */
  readonly producerIdPrefix: number;
}

/** A broker started: every leadership of its earlier start ends, and where it was leader a new epoch begins. */
export interface BrokerRegistered {
  readonly type: 'brokerRegistered';
  readonly brokerId: number;
  readonly brokerEpoch: number;
  /** Empty: none. */
  readonly rack: string;
}

export interface TopicCreated {
  readonly type: 'topicCreated';
  readonly topicId: TopicId;
  readonly topic: string;
  readonly partitions: readonly PartitionAssignment[];
  /** Name and value, the names dotted. */
  readonly configs: readonly (readonly [string, string])[];
}

/** Leaves a tombstone until every broker that held a replica has removed its files. */
export interface TopicDeleted {
  readonly type: 'topicDeleted';
  readonly topicId: TopicId;
}

/** A broker has no files of a deleted topic any more. */
export interface TopicFilesRemoved {
  readonly type: 'topicFilesRemoved';
  readonly topicId: TopicId;
  readonly brokerId: number;
}

export interface PartitionsAdded {
  readonly type: 'partitionsAdded';
  readonly topicId: TopicId;
  readonly partitions: readonly PartitionAssignment[];
}

/** All configs of the topic after the change. */
export interface TopicConfigsChanged {
  readonly type: 'topicConfigsChanged';
  readonly topicId: TopicId;
  readonly configs: readonly (readonly [string, string])[];
}

export type MetadataRecord =
  | ClusterRegistered
  | BrokerRegistered
  | TopicCreated
  | TopicDeleted
  | TopicFilesRemoved
  | PartitionsAdded
  | TopicConfigsChanged;

type Check = (value: unknown) => boolean;
const isString: Check = (value) => typeof value === 'string';
const isId: Check = (value) => typeof value === 'string' && isTopicId(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isBrokerId: Check = (value) => Number.isSafeInteger(value) && (value as number) >= -1;
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isPair: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(isString);
const isAssignment: Check = (value) =>
  matches(value, {
    replicaIds: listOf(isCount),
    isrIds: listOf(isCount),
    leaderId: isBrokerId,
    leaderEpoch: isCount,
  });

const SHAPES: { readonly [K in MetadataRecord['type']]: Readonly<Record<string, Check>> } = {
  clusterRegistered: { clusterId: isString, producerIdPrefix: isCount },
  brokerRegistered: { brokerId: isCount, brokerEpoch: isCount, rack: isString },
  topicCreated: { topicId: isId, topic: isString, partitions: listOf(isAssignment), configs: listOf(isPair) },
  topicDeleted: { topicId: isId },
  topicFilesRemoved: { topicId: isId, brokerId: isCount },
  partitionsAdded: { topicId: isId, partitions: listOf(isAssignment) },
  topicConfigsChanged: { topicId: isId, configs: listOf(isPair) },
};

function matches(value: unknown, shape: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.entries(shape).every(([name, check]) => check(fields[name]));
}

/**
 * A stored value as a record.
 *
 * @throws DATA_DIR_FORMAT for a type that this version does not know, or a field of a wrong form
 */
export function readMetadataRecord(value: unknown): MetadataRecord {
  const type = (value as { type?: unknown } | null | undefined)?.type;
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type)) {
    throw new TidelogError(
      'DATA_DIR_FORMAT',
      `the cluster metadata has a record of type ${JSON.stringify(type) ?? 'undefined'}, which this version does not know; use the version that wrote it, or a newer one`,
    );
  }
  if (!matches(value, SHAPES[type as MetadataRecord['type']])) {
    throw new TidelogError(
      'DATA_DIR_FORMAT',
      `the cluster metadata has a ${type} record with a field that is missing or has a wrong form: ${JSON.stringify(value).slice(0, 200)}`,
    );
  }
  return value as MetadataRecord;
}
