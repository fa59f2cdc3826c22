/**
 * The partitions of this broker: found by topic id, made when first asked for, with logs that open on first use,
 * so that thousands of idle ones cost nothing.
 *
 * Follows the metadata: new configs reach the logs at once; a deleted topic's waits end, its logs are closed and
 * its files removed, and only then is that reported, so that the tombstone may go.
 *
 * Invariant: files are deleted only for a topic that has a tombstone. Directories of topics that the metadata does
 * not know are left alone and reported.
 *
 * A crash while files are being removed leaves the tombstone: the next start goes on with it.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { Clock, Log, LogDirectory, Logger } from '@tidelog/log';
import type { TopicId } from '@tidelog/protocol';
import type { MetadataRecord } from '../metadata/metadata-records.ts';
import type { TopicState } from '../metadata/metadata-state.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { showTopic } from '../metadata/topic-name.ts';
import type { Histogram } from '../metrics.ts';
import { resolveTopicConfig } from '../topic-config.ts';
import type { TopicConfigs } from '../topic-config.ts';
import { Partition } from './partition.ts';

export interface PartitionsOptions {
  readonly brokerId: number;
  readonly metadata: MetadataStore;
  readonly logDirectory: LogDirectory;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The broker's defaults of topic configs. */
  readonly topicDefaults: TopicConfigs;
  /** From a written batch to a durable one. */
  readonly durableLatency: Histogram;
}

/** A partition in the data directory. */
interface PartitionFiles {
  readonly topic: string;
  readonly partition: number;
  readonly topicId: TopicId;
}

export class Partitions {
  readonly #options: PartitionsOptions;
  readonly #partitions = new Map<TopicId, (Partition | undefined)[]>();
  /** Removals of files by topic name: a new topic of the name must wait for them. */
  readonly #removals = new Map<string, Promise<void>>();
  readonly #unsubscribe: () => void;
  /** Directories whose topic the metadata does not know. */
  readonly #unknown: PartitionFiles[] = [];
  #closed: TidelogError | undefined;

  constructor(options: PartitionsOptions) {
    this.#options = options;
    this.#unsubscribe = options.metadata.subscribe((record) => this.#follow(record));
  }

  /** Compares the data directory with the metadata: goes on with deletions, reports what is unknown. */
  reconcile(): void {
    const { logDirectory, metadata, logger } = this.#options;
    const { view } = metadata;
    for (const files of logDirectory.partitions()) {
      if (view.topics.has(files.topicId) || view.deletedTopics.has(files.topicId)) continue;
      this.#unknown.push(files);
      logger.warn(
        { topic: files.topic, partition: files.partition, topicId: files.topicId },
        'a partition directory belongs to no topic that the metadata knows; it is left as it is',
      );
    }
    for (const [topicId, deleted] of view.deletedTopics) {
      if (deleted.brokerIds.has(this.#options.brokerId)) this.#remove({ topicId, topic: deleted.topic });
    }
  }

  /** How many partition directories belong to no known topic. */
  get unknownCount(): number {
    return this.#unknown.length;
  }

  /** The partition, if the topic has one of that number with a replica here. */
  get(topic: TopicState, partition: number): Partition | undefined {
    let ofTopic = this.#partitions.get(topic.topicId);
    const existing = ofTopic?.[partition];
    if (existing !== undefined) return existing;
    const assignment = topic.partitions[partition];
    const { brokerId, clock, durableLatency, topicDefaults } = this.#options;
    if (this.#closed !== undefined || assignment?.replicaIds.includes(brokerId) !== true) return undefined;
    if (ofTopic === undefined) this.#partitions.set(topic.topicId, (ofTopic = []));
    const made = new Partition({
      topicId: topic.topicId,
      topic: topic.topic,
      partition,
      brokerId,
      assignment,
      config: resolveTopicConfig(topic.configs, topicDefaults),
      clock,
      durableLatency,
      openLog: (opening) => this.#openLog(opening),
    });
    ofTopic[partition] = made;
    return made;
  }

  /** Why nothing more can be written to the data directory; undefined while it is not so. */
  get offline(): TidelogError | undefined {
    return this.#options.logDirectory.offline;
  }

  /** Free bytes of the disk; undefined when they are not known. */
  get freeBytes(): number | undefined {
    return this.#options.logDirectory.freeBytes;
  }

  /** Why a partition's files cannot give everything they should, as far as is known; undefined when they can. */
  storageProblem(topicId: TopicId, partition: number): TidelogError | undefined {
    const { offline } = this;
    if (offline !== undefined) return offline;
    const known = this.#partitions.get(topicId)?.[partition];
    const damaged = known?.openedLog?.recovery.damaged ?? [];
    if (known === undefined || damaged.length === 0) return undefined;
    const ranges = damaged.map(({ fromOffset, toOffset }) => `${fromOffset} to ${toOffset - 1}`).join(', ');
    return new TidelogError(
      'LOG_CORRUPT',
      `${known.name} is quarantined: the offsets ${ranges} are damaged; the rest can be read`,
      { topic: known.topic, partition },
    );
  }

  /** Every partition that was made, opened or not. */
  *made(): IterableIterator<Partition> {
    for (const ofTopic of this.#partitions.values()) {
      for (const partition of ofTopic) if (partition !== undefined) yield partition;
    }
  }

  /** Every partition with files in the data directory; made if it was not. */
  *withFiles(): IterableIterator<Partition> {
    const { logDirectory, metadata } = this.#options;
    for (const { topicId, partition } of logDirectory.partitions()) {
      const topic = metadata.view.topics.get(topicId);
      const found = topic === undefined ? undefined : this.get(topic, partition);
      if (found !== undefined) yield found;
    }
  }

  /** The numbers of a topic's partitions that have files in the data directory. */
  withFilesOf(topicId: TopicId): number[] {
    const files = this.#options.logDirectory.partitions();
    return files.filter((one) => one.topicId === topicId).map(({ partition }) => partition);
  }

  /** Ends all waits and closes all logs. Removals that have begun are finished. */
  async close(): Promise<void> {
    this.#closed ??= new TidelogError('NOT_LEADER_OR_FOLLOWER', 'the broker is closing');
    this.#unsubscribe();
    const reason = this.#closed;
    await Promise.allSettled(this.#removals.values());
    const results = await Promise.allSettled([...this.made()].map((partition) => partition.close(reason)));
    for (const result of results) {
      if (result.status === 'rejected') {
        this.#options.logger.error({ err: result.reason as unknown }, 'a log could not be closed cleanly');
      }
    }
  }

  async #openLog(partition: Partition): Promise<Log> {
    const { logDirectory, logger, metadata } = this.#options;
    const { topic, topicId } = partition;
    // A deleted topic's removal waits for this very open: it must not wait for the removal in turn.
    if (!metadata.view.topics.has(topicId)) throw deletedError(topic);
    await this.#removals.get(topic);
    const log = await logDirectory.openPartition({
      topic,
      partition: partition.partition,
      topicId,
      config: partition.config.log,
    });
    // Else the high watermark would begin below one that readers have seen before the crash.
    await log.whenDurable();
    const { recovery } = log;
    if (recovery.damaged.length > 0) {
      logger.error(
        { topic, partition: partition.partition, recovery },
        'the partition is quarantined: a part of its log is damaged',
      );
    } else if (recovery.truncatedBytes > 0) {
      logger.warn({ topic, partition: partition.partition, recovery }, 'the log was recovered and cut');
    }
    return log;
  }

  #follow(record: MetadataRecord): void {
    switch (record.type) {
      case 'topicDeleted': {
        const deleted = this.#options.metadata.view.deletedTopics.get(record.topicId);
        if (deleted?.brokerIds.has(this.#options.brokerId) === true) {
          this.#remove({ topicId: record.topicId, topic: deleted.topic });
        }
        return;
      }
      case 'topicConfigsChanged':
        this.#configure(record.topicId);
        return;
    }
  }

  #configure(topicId: TopicId): void {
    const topic = this.#options.metadata.view.topics.get(topicId);
    if (topic === undefined) return;
    const config = resolveTopicConfig(topic.configs, this.#options.topicDefaults);
    for (const partition of this.#partitions.get(topicId) ?? []) {
      partition?.configure(config).catch((error: unknown) => {
        this.#options.logger.error({ err: error, topic: topic.topic }, 'new configs did not reach a log');
      });
    }
  }

  #remove(deleted: { topicId: TopicId; topic: string }): void {
    const before = this.#removals.get(deleted.topic) ?? Promise.resolve();
    const removal = before
      .then(() => this.#removeFiles(deleted))
      .catch((error: unknown) => {
        this.#options.logger.error(
          { err: error, ...deleted },
          'files of a deleted topic could not be removed; the next start tries again',
        );
      })
      .finally(() => {
        if (this.#removals.get(deleted.topic) === removal) this.#removals.delete(deleted.topic);
      });
    this.#removals.set(deleted.topic, removal);
  }

  async #removeFiles({ topicId, topic }: { topicId: TopicId; topic: string }): Promise<void> {
    const { brokerId, logDirectory, metadata } = this.#options;
    const reason = deletedError(topic);
    const made = this.#partitions.get(topicId) ?? [];
    this.#partitions.delete(topicId);
    await Promise.allSettled(made.map((partition) => partition?.close(reason)));
    for (const files of logDirectory.partitions()) {
      if (files.topicId === topicId) await logDirectory.deletePartition(files);
    }
    const refusal = await metadata.execute({ type: 'reportFilesRemoved', topicId, brokerId });
    if (refusal !== undefined) throw refusal;
  }
}

function deletedError(topic: string): TidelogError {
  return new TidelogError('UNKNOWN_TOPIC_OR_PARTITION', `the topic ${showTopic(topic)} was deleted`);
}
