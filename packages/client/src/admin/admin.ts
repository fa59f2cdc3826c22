/**
 * Administration of a cluster: topics, configs, offsets, groups. Each call is one request to a broker that may answer
 * it (any broker; for offsets and records the leader of the partition; for a group its coordinator) and rejects with
 * that broker's error.
 *
 * A call that names several topics is carried out for each by itself: when some fail it rejects with the first
 * failure, and `cause` is an AggregateError with all of them; the others are done.
 */
import { fromSafeNumber, toSafeNumber, topicIdFromBytes, topicIdToBytes, wire } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { untilAborted, type WaitOptions } from '../abortable.ts';
import type { ClientSettings } from '../client-options.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import { topicsOf, type TopicInfo } from '../metadata-state.ts';
import { askLeaders } from '../leader-requests.ts';
import {
  count,
  errorOf,
  resourceName,
  sourceOf,
  throwFirst,
  timestampOf,
  unknownTopic,
} from './admin-answers.ts';
import type {
  ConfigChange,
  ConfigEntry,
  ConfigResource,
  CreatedTopic,
  DeleteRecordsTarget,
  DescribedCluster,
  DescribedTopic,
  ListedOffset,
  ListedTopic,
  NewPartitions,
  NewTopic,
  OffsetSpec,
  ValidateOptions,
} from './admin-shapes.ts';
import { describedBroker, type DescribedBroker } from './broker-admin.ts';
import { GroupAdmin } from './group-admin.ts';
import type {
  DescribedGroup,
  FetchOffsetsOptions,
  GroupLag,
  GroupOffset,
  ListedGroup,
  ListGroupsOptions,
  OffsetToSet,
  ResetOffset,
  ResetOffsetsRequest,
} from './group-shapes.ts';
import type { TopicPartition } from '../consumer/subscription.ts';

const ALL_RECORDS = -1;

export class Admin implements AsyncDisposable {
  readonly #settings: ClientSettings;
  readonly #metadata: ClusterMetadata;
  readonly #onClosed: () => void;
  readonly #closing = new AbortController();
  readonly #groups: GroupAdmin;

  constructor(settings: ClientSettings, metadata: ClusterMetadata, onClosed: () => void) {
    this.#settings = settings;
    this.#metadata = metadata;
    this.#onClosed = onClosed;
    this.#groups = new GroupAdmin(settings, metadata, {
      topics: (names) => this.#topics(names),
      listOffsets: (topic, spec) => this.listOffsets(topic, spec),
    });
  }

  /** Creates topics. Rejects with TOPIC_ALREADY_EXISTS, INVALID_TOPIC_EXCEPTION, INVALID_PARTITIONS, INVALID_REPLICATION_FACTOR, INVALID_CONFIG. */
  createTopics(topics: readonly NewTopic[], options: ValidateOptions = {}): Promise<CreatedTopic[]> {
    return this.#run('createTopics', options, async () => {
      const answer = await this.#metadata.control.request(
        'CREATE_TOPICS',
        {
          topics: topics.map(({ topic, partitions, replicationFactor, configs }) => ({
            name: topic,
            partitionCount: count('partitions', partitions),
            replicationFactor: count('replicationFactor', replicationFactor),
            configs: { ...configs },
          })),
          validateOnly: options.validateOnly ?? false,
          timeoutMs: this.#settings.requestTimeoutMs,
        },
        { isRepeatable: false },
      );
      throwFirst(answer.topics.map((row) => errorOf(row, row.name)));
      return answer.topics.map((row) => ({
        topic: row.name,
        topicId: options.validateOnly === true ? '' : topicIdFromBytes(row.topicId),
        partitions: row.partitionCount,
        replicationFactor: row.replicationFactor,
      }));
    });
  }

  /** Deletes topics with all their records. Rejects with UNKNOWN_TOPIC_OR_PARTITION. */
  deleteTopics(topics: readonly string[], options: WaitOptions = {}): Promise<void> {
    return this.#run('deleteTopics', options, async () => {
      const answer = await this.#metadata.control.request(
        'DELETE_TOPICS',
        { names: [...topics], timeoutMs: this.#settings.requestTimeoutMs },
        { isRepeatable: false },
      );
      throwFirst(answer.topics.map((row) => errorOf(row, row.name)));
    });
  }

  /** All topics, internal ones included. */
  listTopics(options: WaitOptions = {}): Promise<ListedTopic[]> {
    return this.#run('listTopics', options, async () => {
      const answer = await this.#metadata.control.request('METADATA', { allTopics: true });
      return topicsOf(answer).map(({ name, topicId, partitions, isInternal }) => ({
        topic: name,
        topicId,
        partitions: partitions.length,
        internal: isInternal,
      }));
    });
  }

  /** Topics with leader, replicas and in-sync replicas of each partition, in the order asked for. Rejects with UNKNOWN_TOPIC_OR_PARTITION. */
  describeTopics(topics: readonly string[], options: WaitOptions = {}): Promise<DescribedTopic[]> {
    return this.#run('describeTopics', options, async () => {
      const known = await this.#topics(topics);
      return known.map(({ name, topicId, isInternal, partitions }) => ({
        topic: name,
        topicId,
        internal: isInternal,
        partitions,
      }));
    });
  }

  /** Adds partitions. Rejects with INVALID_PARTITIONS when a topic has that many or more. */
  createPartitions(topics: readonly NewPartitions[], options: ValidateOptions = {}): Promise<void> {
    return this.#run('createPartitions', options, async () => {
      const answer = await this.#metadata.control.request(
        'CREATE_PARTITIONS',
        {
          topics: topics.map(({ topic, totalCount }) => ({
            name: topic,
            totalCount: count('totalCount', totalCount),
          })),
          validateOnly: options.validateOnly ?? false,
          timeoutMs: this.#settings.requestTimeoutMs,
        },
        { isRepeatable: false },
      );
      throwFirst(answer.topics.map((row) => errorOf(row, row.name)));
    });
  }

  /** The configs of a topic or broker, all or those named. */
  describeConfigs(
    resource: ConfigResource,
    options: WaitOptions & { readonly names?: readonly string[] } = {},
  ): Promise<ConfigEntry[]> {
    return this.#run('describeConfigs', options, async () => {
      const resources = [{ ...resourceName(resource), configNames: [...(options.names ?? [])] }];
      const answer = await this.#metadata.control.request('DESCRIBE_CONFIGS', { resources });
      throwFirst(answer.resources.map((row) => errorOf(row, row.name)));
      return answer.resources.flatMap((row) =>
        row.entries.map((entry) => ({
          name: entry.name ?? '',
          value: entry.value ?? '',
          source: sourceOf(entry.source),
          readOnly: entry.readOnly ?? false,
          documentation: entry.documentation ?? '',
        })),
      );
    });
  }

  /** Sets configs, or sets them back; those not named stay. Rejects with INVALID_CONFIG. */
  alterConfigs(
    change: ConfigResource & { readonly configs: readonly ConfigChange[] },
    options: ValidateOptions = {},
  ): Promise<void> {
    return this.#run('alterConfigs', options, async () => {
      const configs = change.configs.map(({ name, value }) =>
        value === null
          ? { name, operation: wire.AlterConfigOperation.DELETE }
          : { name, operation: wire.AlterConfigOperation.SET, value },
      );
      const resources = [{ ...resourceName(change), configs }];
      const validateOnly = options.validateOnly ?? false;
      const answer = await this.#metadata.control.request('ALTER_CONFIGS', { resources, validateOnly });
      throwFirst(answer.resources.map((row) => errorOf(row, row.name)));
    });
  }

  /**
   * An offset of each partition of a topic, by partition number. `latest` is the offset after the last record
   * that consumers can read. Rejects with UNKNOWN_TOPIC_OR_PARTITION.
   */
  listOffsets(topic: string, spec: OffsetSpec, options: WaitOptions = {}): Promise<ListedOffset[]> {
    return this.#run('listOffsets', options, async () => {
      const timestampMs = fromSafeNumber(timestampOf(spec));
      const rows = await askLeaders(this.#leaderContext(topic), undefined, async (request) => {
        const answer = await this.#metadata.control.request(
          'LIST_OFFSETS',
          {
            partitions: request.partitions.map((partition) => ({
              topicId: topicIdToBytes(request.topicId),
              partition,
              timestampMs,
            })),
          },
          { endpoint: request.endpoint },
        );
        return answer.partitions.map((row) => ({
          partition: row.partition,
          error: errorOf(row, topic, row.partition),
          offset: toSafeNumber(row.offset),
          timestampMs: toSafeNumber(row.timestampMs),
          leaderEpoch: row.leaderEpoch,
        }));
      });
      return rows.map(({ partition, offset, timestampMs: found, leaderEpoch }) => ({
        partition,
        offset,
        timestampMs: found,
        leaderEpoch,
      }));
    });
  }

  /**
   * Removes the records below an offset from each partition named; returns the new first offset of each.
   * Rejects with OFFSET_OUT_OF_RANGE for an offset beyond the end.
   */
  deleteRecords(
    topic: string,
    targets: readonly DeleteRecordsTarget[],
    options: WaitOptions = {},
  ): Promise<{ partition: number; logStartOffset: number }[]> {
    return this.#run('deleteRecords', options, async () => {
      const before = new Map(
        targets.map(({ partition, beforeOffset }) => [
          partition,
          beforeOffset === 'latest' ? ALL_RECORDS : count('beforeOffset', beforeOffset),
        ]),
      );
      const rows = await askLeaders(this.#leaderContext(topic), [...before.keys()], async (request) => {
        const answer = await this.#metadata.control.request(
          'DELETE_RECORDS',
          {
            partitions: request.partitions.map((partition) => ({
              topicId: topicIdToBytes(request.topicId),
              partition,
              beforeOffset: fromSafeNumber(before.get(partition) as number),
            })),
            timeoutMs: this.#settings.requestTimeoutMs,
          },
          { endpoint: request.endpoint },
        );
        return answer.partitions.map((row) => ({
          partition: row.partition,
          error: errorOf(row, topic, row.partition),
          logStartOffset: toSafeNumber(row.logStartOffset),
        }));
      });
      return rows.map(({ partition, logStartOffset }) => ({ partition, logStartOffset }));
    });
  }

  /** How the broker that answers is, who is connected to it, and what they asked for that it does not have. */
  describeBroker(options: WaitOptions = {}): Promise<DescribedBroker> {
    return this.#run('describeBroker', options, async () =>
      describedBroker(await this.#metadata.control.request('DESCRIBE_BROKER', {})),
    );
  }

  /** All groups of the cluster, or those in some states or of some types, by id. */
  listGroups(options: ListGroupsOptions = {}): Promise<ListedGroup[]> {
    return this.#run('listGroups', options, (signal) => this.#groups.list({ ...options, signal }));
  }

  /** Groups with their members and what each owns, in the order asked for. Rejects with GROUP_ID_NOT_FOUND. */
  describeGroups(groupIds: readonly string[], options: WaitOptions = {}): Promise<DescribedGroup[]> {
    return this.#run('describeGroups', options, (signal) => this.#groups.describe(groupIds, { signal }));
  }

  /** Deletes groups with their committed offsets. Rejects with NON_EMPTY_GROUP or GROUP_ID_NOT_FOUND. */
  deleteGroups(groupIds: readonly string[], options: WaitOptions = {}): Promise<void> {
    return this.#run('deleteGroups', options, (signal) => this.#groups.delete(groupIds, { signal }));
  }

  /**
   * What a group has committed, by topic and partition; of partitions that are named, in their order, also those
   * where it has not (offset −1). A group that does not exist has committed nothing.
   */
  fetchOffsets(groupId: string, options: FetchOffsetsOptions = {}): Promise<GroupOffset[]> {
    return this.#run('fetchOffsets', options, (signal) =>
      this.#groups.offsets(groupId, { ...options, signal }),
    );
  }

  /**
   * Commits offsets for a group without members; a group that does not exist begins with it.
   * Rejects with NON_EMPTY_GROUP, which names the members; OFFSET_OUT_OF_RANGE beyond the end of a partition;
   * UNKNOWN_TOPIC_OR_PARTITION; OFFSET_METADATA_TOO_LARGE.
   */
  setOffsets(groupId: string, offsets: readonly OffsetToSet[], options: WaitOptions = {}): Promise<void> {
    return this.#run('setOffsets', options, (signal) =>
      this.#groups.setOffsets(groupId, offsets, { signal }),
    );
  }

  /**
   * Moves a group without members to another place, and tells what was moved from where to where; with `dryRun`
   * what would be. A shift ends at the ends of a partition; an offset outside of it is OFFSET_OUT_OF_RANGE, and
   * nothing is moved then. Otherwise rejects as `setOffsets`.
   */
  resetOffsets(groupId: string, request: ResetOffsetsRequest): Promise<ResetOffset[]> {
    return this.#run('resetOffsets', request, (signal) =>
      this.#groups.resetOffsets(groupId, { ...request, signal }),
    );
  }

  /**
   * Forgets what a group has committed in these partitions. Rejects with GROUP_SUBSCRIBED_TO_TOPIC while a member
   * reads the topic, GROUP_ID_NOT_FOUND, UNKNOWN_TOPIC_OR_PARTITION.
   */
  deleteOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options: WaitOptions = {},
  ): Promise<void> {
    return this.#run('deleteOffsets', options, (signal) =>
      this.#groups.deleteOffsets(groupId, partitions, { signal }),
    );
  }

  /**
   * How far behind a group is: a row per partition that it has committed or a member owns, with the owner.
   * Rejects with GROUP_ID_NOT_FOUND.
   */
  groupLag(groupId: string, options: WaitOptions = {}): Promise<GroupLag[]> {
    return this.#run('groupLag', options, (signal) => this.#groups.lag(groupId, { signal }));
  }

  /** The cluster's id, its controller and its brokers. */
  describeCluster(options: WaitOptions = {}): Promise<DescribedCluster> {
    return this.#run('describeCluster', options, async () => {
      const { clusterId, controllerId, brokers } = await this.#metadata.control.request('METADATA', {});
      return {
        clusterId,
        controllerId,
        brokers: brokers.map(({ brokerId = 0, host = '', port = 0, rack = '' }) => ({
          brokerId,
          host,
          port,
          rack,
        })),
      };
    });
  }

  /** Calls that are under way reject with CLOSED. Calling it again does nothing. */
  close(): Promise<void> {
    this.#closing.abort();
    this.#onClosed();
    return Promise.resolve();
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #topics(names: readonly string[]): Promise<TopicInfo[]> {
    const answer = await this.#metadata.control.request('METADATA', { topicNames: [...names] });
    throwFirst(answer.topics.map((row) => errorOf(row, row.name ?? '')));
    const byName = new Map(topicsOf(answer).map((topic) => [topic.name, topic]));
    return names.map((name) => {
      const topic = byName.get(name);
      if (topic === undefined) throw unknownTopic(name);
      return topic;
    });
  }

  #leaderContext(topic: string): Parameters<typeof askLeaders>[0] {
    return { settings: this.#settings, metadata: this.#metadata, topic, signal: this.#closing.signal };
  }

  async #run<T>(what: string, options: WaitOptions, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const closed = this.#closing.signal;
    const isClosed = (): TidelogError => new TidelogError('CLOSED', `${what}: the admin was closed`);
    if (closed.aborted) throw isClosed();
    try {
      const signal = options.signal === undefined ? closed : AbortSignal.any([closed, options.signal]);
      return await untilAborted(call(signal), what, signal);
    } catch (error) {
      throw closed.aborted ? isClosed() : error;
    }
  }
}
