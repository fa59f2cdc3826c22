/**
 * The cluster's metadata as a replicated state machine: `decide` turns a command into records, or refuses it, and
 * changes nothing; `apply` is the only mutation, when a record was committed and when the chain is loaded.
 *
 * Invariants:
 * - A topic id is never used twice. A name belongs to one topic at a time, and no two names collide.
 * - A leader epoch never falls, and no epoch spans two starts of a broker.
 * - Only a tombstone says that a topic's files may be deleted; that the state does not know an id says nothing.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { TopicId } from '@tidelog/protocol';
import type { JsonValue } from '../coordination/coordination.ts';
import { readMetadataRecord } from './metadata-records.ts';
import type {
  BrokerRegistered,
  ClusterRegistered,
  MetadataRecord,
  PartitionAssignment,
  TopicCreated,
} from './metadata-records.ts';
import { collisionKey, showTopic, topicNameProblem } from './topic-name.ts';

export interface TopicState {
  readonly topicId: TopicId;
  readonly topic: string;
  /** The index is the partition's number. */
  readonly partitions: readonly PartitionAssignment[];
  /** What was set on the topic itself, by dotted name. */
  readonly configs: ReadonlyMap<string, string>;
}

export interface DeletedTopic {
  readonly topic: string;
  /** The brokers that may still have files of it. */
  readonly brokerIds: ReadonlySet<number>;
}

export interface BrokerState {
  readonly brokerId: number;
  readonly brokerEpoch: number;
  readonly rack: string;
}

/** What readers see; only `apply` changes it. */
export interface MetadataView {
  readonly clusterId: string | undefined;
  readonly producerIdPrefix: number | undefined;
  readonly topics: ReadonlyMap<TopicId, TopicState>;
  readonly deletedTopics: ReadonlyMap<TopicId, DeletedTopic>;
  readonly brokers: ReadonlyMap<number, BrokerState>;
  /** Partitions of all topics together. */
  readonly partitionCount: number;
  topicNamed(topic: string): TopicState | undefined;
}

export type MetadataCommand =
  | { readonly type: 'registerCluster'; readonly clusterId: string; readonly producerIdPrefix: number }
  | {
      readonly type: 'registerBroker';
      readonly brokerId: number;
      readonly brokerEpoch: number;
      readonly rack: string;
    }
  | {
      readonly type: 'createTopic';
      /** Fresh and random. */
      readonly topicId: TopicId;
      readonly topic: string;
      readonly partitionCount: number;
      readonly replicationFactor: number;
      readonly configs: ReadonlyMap<string, string>;
      /** Of the whole cluster. */
      readonly maxPartitions: number;
    }
  | { readonly type: 'deleteTopic'; readonly topicId: TopicId }
  | { readonly type: 'reportFilesRemoved'; readonly topicId: TopicId; readonly brokerId: number }
  | {
      readonly type: 'createPartitions';
      readonly topicId: TopicId;
      readonly totalCount: number;
      readonly maxPartitions: number;
    }
  | {
      readonly type: 'changeTopicConfigs';
      readonly topicId: TopicId;
      /** Valid on their own, so that changes by several callers can be merged. */
      readonly set: ReadonlyMap<string, string>;
      readonly deleted: ReadonlySet<string>;
    };

/** Records to commit (none: nothing is to be done), or why not. */
export type Decision =
  | { readonly records: readonly MetadataRecord[]; readonly error?: undefined }
  | { readonly error: TidelogError };

/** The state itself. One per broker; created empty and filled by `apply`. */
export class MetadataState implements MetadataView {
  clusterId: string | undefined;
  producerIdPrefix: number | undefined;
  readonly topics: Map<TopicId, TopicState> = new Map();
  readonly deletedTopics: Map<TopicId, DeletedTopic> = new Map();
  readonly brokers: Map<number, BrokerState> = new Map();
  partitionCount = 0;
  readonly #idsByName = new Map<string, TopicId>();
  /** By collision key. */
  readonly #namesByKey = new Map<string, string>();

  topicNamed(topic: string): TopicState | undefined {
    const topicId = this.#idsByName.get(topic);
    return topicId === undefined ? undefined : this.topics.get(topicId);
  }

  /** The existing topic whose name differs only in `.` and `_`. */
  topicColliding(topic: string): string | undefined {
    return this.#namesByKey.get(collisionKey(topic));
  }

  apply(record: MetadataRecord): void {
    switch (record.type) {
      case 'clusterRegistered':
        this.clusterId = record.clusterId;
        this.producerIdPrefix = record.producerIdPrefix;
        return;
      case 'brokerRegistered':
        this.brokers.set(record.brokerId, {
          brokerId: record.brokerId,
          brokerEpoch: record.brokerEpoch,
          rack: record.rack,
        });
        this.#beginNewEpochs(record.brokerId);
        return;
      case 'topicCreated':
        this.#setTopic({ ...record, configs: new Map(record.configs) });
        return;
      case 'topicDeleted':
        this.#deleteTopic(this.#topic(record.topicId));
        return;
      case 'topicFilesRemoved':
        this.#removeTombstone(record.topicId, record.brokerId);
        return;
      case 'partitionsAdded': {
        const topic = this.#topic(record.topicId);
        this.partitionCount += record.partitions.length;
        this.topics.set(topic.topicId, {
          ...topic,
          partitions: [...topic.partitions, ...record.partitions],
        });
        return;
      }
      case 'topicConfigsChanged':
        this.topics.set(record.topicId, {
          ...this.#topic(record.topicId),
          configs: new Map(record.configs),
        });
        return;
    }
  }

  #topic(topicId: TopicId): TopicState {
    const topic = this.topics.get(topicId);
    if (topic === undefined) {
      throw new TidelogError(
        'DATA_DIR_FORMAT',
        `the cluster metadata changes the topic ${topicId}, which it never created`,
      );
    }
    return topic;
  }

  #setTopic({ topicId, topic, partitions, configs }: TopicState): void {
    this.topics.set(topicId, { topicId, topic, partitions, configs });
    this.#idsByName.set(topic, topicId);
    this.#namesByKey.set(collisionKey(topic), topic);
    this.partitionCount += partitions.length;
  }

  #deleteTopic({ topicId, topic, partitions }: TopicState): void {
    this.topics.delete(topicId);
    this.#idsByName.delete(topic);
    this.#namesByKey.delete(collisionKey(topic));
    this.partitionCount -= partitions.length;
    const brokerIds = new Set(partitions.flatMap((partition) => partition.replicaIds));
    this.deletedTopics.set(topicId, { topic, brokerIds });
  }

  #removeTombstone(topicId: TopicId, brokerId: number): void {
    const deleted = this.deletedTopics.get(topicId);
    if (deleted === undefined) return;
    const brokerIds = new Set(deleted.brokerIds);
    brokerIds.delete(brokerId);
    if (brokerIds.size === 0) this.deletedTopics.delete(topicId);
    else this.deletedTopics.set(topicId, { ...deleted, brokerIds });
  }

  #beginNewEpochs(brokerId: number): void {
    for (const topic of this.topics.values()) {
      if (!topic.partitions.some((partition) => partition.leaderId === brokerId)) continue;
      this.topics.set(topic.topicId, {
        ...topic,
        partitions: topic.partitions.map((partition) =>
          partition.leaderId === brokerId
            ? { ...partition, leaderEpoch: partition.leaderEpoch + 1 }
            : partition,
        ),
      });
    }
  }

  /** Everything, in a form that `fromSnapshot` reads. */
  toSnapshot(): JsonValue {
    const records: MetadataRecord[] = [];
    if (this.clusterId !== undefined && this.producerIdPrefix !== undefined) {
      const { clusterId, producerIdPrefix } = this;
      records.push({ type: 'clusterRegistered', clusterId, producerIdPrefix });
    }
    // Before the topics: a registration raises the epochs of the topics that are there.
    for (const broker of this.brokers.values()) records.push({ type: 'brokerRegistered', ...broker });
    for (const topic of this.topics.values()) {
      records.push({ type: 'topicCreated', ...topic, configs: [...topic.configs] });
    }
    const deletedTopics = [...this.deletedTopics].map(([topicId, deleted]) => ({
      topicId,
      topic: deleted.topic,
      brokerIds: [...deleted.brokerIds],
    }));
    return { records, deletedTopics } as unknown as JsonValue;
  }

  /** @throws DATA_DIR_FORMAT when the value is not a snapshot of a version that is known */
  static fromSnapshot(value: JsonValue): MetadataState {
    const { records, deletedTopics } = value as { records?: unknown; deletedTopics?: unknown };
    if (!Array.isArray(records) || !Array.isArray(deletedTopics)) {
      throw new TidelogError('DATA_DIR_FORMAT', 'the snapshot of the cluster metadata has no records');
    }
    const state = new MetadataState();
    for (const record of records) state.apply(readMetadataRecord(record));
    for (const deleted of deletedTopics as { topicId: TopicId; topic: string; brokerIds: number[] }[]) {
      state.deletedTopics.set(deleted.topicId, {
        topic: deleted.topic,
        brokerIds: new Set(deleted.brokerIds),
      });
    }
    return state;
  }
}

/** What a command would change. Pure: the same state and command give the same decision. */
export function decide(state: MetadataState, command: MetadataCommand): Decision {
  switch (command.type) {
    case 'registerCluster': {
      if (state.clusterId !== undefined) return { records: [] };
      const { clusterId, producerIdPrefix } = command;
      const record: ClusterRegistered = { type: 'clusterRegistered', clusterId, producerIdPrefix };
      return { records: [record] };
    }
    case 'registerBroker': {
      const { brokerId, brokerEpoch, rack } = command;
      const record: BrokerRegistered = { type: 'brokerRegistered', brokerId, brokerEpoch, rack };
      return { records: [record] };
    }
    case 'createTopic':
      return decideCreateTopic(state, command);
    case 'deleteTopic': {
      if (!state.topics.has(command.topicId)) return unknownTopicId(command.topicId);
      return { records: [{ type: 'topicDeleted', topicId: command.topicId }] };
    }
    case 'reportFilesRemoved': {
      const { topicId, brokerId } = command;
      if (state.deletedTopics.get(topicId)?.brokerIds.has(brokerId) !== true) return { records: [] };
      return { records: [{ type: 'topicFilesRemoved', topicId, brokerId }] };
    }
    case 'createPartitions':
      return decideCreatePartitions(state, command);
    case 'changeTopicConfigs': {
      const topic = state.topics.get(command.topicId);
      if (topic === undefined) return unknownTopicId(command.topicId);
      const configs = new Map(topic.configs);
      for (const [name, value] of command.set) configs.set(name, value);
      for (const name of command.deleted) configs.delete(name);
      if (sameConfigs(topic.configs, configs)) return { records: [] };
      const { topicId } = command;
      return { records: [{ type: 'topicConfigsChanged', topicId, configs: [...configs] }] };
    }
  }
}

function decideCreateTopic(
  state: MetadataState,
  command: Extract<MetadataCommand, { type: 'createTopic' }>,
): Decision {
  const { topicId, topic, partitionCount, replicationFactor, configs, maxPartitions } = command;
  const problem = topicNameProblem(topic);
  if (problem !== undefined) {
    return refuse('INVALID_TOPIC_EXCEPTION', `topic name ${showTopic(topic)} ${problem}`);
  }
  if (state.topicNamed(topic) !== undefined) {
    return refuse('TOPIC_ALREADY_EXISTS', `the topic ${showTopic(topic)} exists`);
  }
  const colliding = state.topicColliding(topic);
  if (colliding !== undefined) {
    return refuse(
      'INVALID_TOPIC_EXCEPTION',
      `topic name ${showTopic(topic)} collides with the topic ${showTopic(colliding)}: they differ only in "." and "_"`,
    );
  }
  if (state.topics.has(topicId) || state.deletedTopics.has(topicId)) {
    return refuse('INVALID_REQUEST', `the topic id ${topicId} was used before`);
  }
  if (!Number.isSafeInteger(partitionCount) || partitionCount < 1) {
    return refuse(
      'INVALID_PARTITIONS',
      `the topic ${showTopic(topic)} is to have ${partitionCount} partitions; it needs at least 1`,
    );
  }
  const tooMany = partitionLimitProblem(state, { added: partitionCount, maxPartitions });
  if (tooMany !== undefined) return tooMany;
  if (
    !Number.isSafeInteger(replicationFactor) ||
    replicationFactor < 1 ||
    replicationFactor > state.brokers.size
  ) {
    return refuse(
      'INVALID_REPLICATION_FACTOR',
      `the topic ${showTopic(topic)} is to have ${replicationFactor} replicas; there are ${state.brokers.size} brokers`,
    );
  }
  const record: TopicCreated = {
    type: 'topicCreated',
    topicId,
    topic,
    partitions: assign(state, { firstPartition: 0, partitionCount, replicationFactor }),
    configs: [...configs],
  };
  return { records: [record] };
}

function decideCreatePartitions(
  state: MetadataState,
  command: Extract<MetadataCommand, { type: 'createPartitions' }>,
): Decision {
  const topic = state.topics.get(command.topicId);
  if (topic === undefined) return unknownTopicId(command.topicId);
  const { totalCount, maxPartitions } = command;
  const firstPartition = topic.partitions.length;
  if (!Number.isSafeInteger(totalCount) || totalCount <= firstPartition) {
    return refuse(
      'INVALID_PARTITIONS',
      `the topic ${showTopic(topic.topic)} has ${firstPartition} partitions; it can only be given more, not ${totalCount}`,
    );
  }
  const partitionCount = totalCount - firstPartition;
  const tooMany = partitionLimitProblem(state, { added: partitionCount, maxPartitions });
  if (tooMany !== undefined) return tooMany;
  const replicationFactor = topic.partitions[0]?.replicaIds.length ?? 1;
  const partitions = assign(state, { firstPartition, partitionCount, replicationFactor });
  return { records: [{ type: 'partitionsAdded', topicId: topic.topicId, partitions }] };
}

/** Round robin over the brokers by id: partition p starts at broker p, its further replicas follow. */
function assign(
  state: MetadataState,
  plan: { firstPartition: number; partitionCount: number; replicationFactor: number },
): PartitionAssignment[] {
  const brokerIds = [...state.brokers.keys()].sort((a, b) => a - b);
  return Array.from({ length: plan.partitionCount }, (_, index) => {
    const replicaIds = Array.from(
      { length: plan.replicationFactor },
      (_unused, replica) => brokerIds[(plan.firstPartition + index + replica) % brokerIds.length] as number,
    );
    return { replicaIds, isrIds: replicaIds, leaderId: replicaIds[0] as number, leaderEpoch: 0 };
  });
}

function partitionLimitProblem(
  state: MetadataState,
  { added, maxPartitions }: { added: number; maxPartitions: number },
): Decision | undefined {
  if (state.partitionCount + added <= maxPartitions) return undefined;
  return refuse(
    'INVALID_PARTITIONS',
    `${added} more partitions would exceed the limit of ${maxPartitions} (maxPartitions); there are ${state.partitionCount} now`,
  );
}

function sameConfigs(one: ReadonlyMap<string, string>, two: ReadonlyMap<string, string>): boolean {
  return one.size === two.size && [...one].every(([name, value]) => two.get(name) === value);
}

function unknownTopicId(topicId: TopicId): Decision {
  return refuse('UNKNOWN_TOPIC_ID', `there is no topic with the id ${topicId}`);
}

function refuse(code: ConstructorParameters<typeof TidelogError>[0], message: string): Decision {
  return { error: new TidelogError(code, message) };
}
