/**
 * Which partitions a consumer reads, and why: all of some topics, followed as they grow; those that the program
 * named; or those that a group gives to it, one by one, while the others go on untouched. Fetching knows nothing of
 * this.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import type { TopicInfo } from '../metadata-state.ts';
import { requireTopicName } from '../topic-name.ts';
import { PartitionReader, type PartitionTenure } from './partition-reader.ts';
import { targetOf, type SeekTo, type StartFrom, type Target } from './start-position.ts';

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A partition to read; `offset` says from where, `startFrom` of the consumer unless given. */
export interface PartitionAssignment extends TopicPartition {
  readonly offset?: SeekTo | undefined;
}

/** A partition that a group gave to this consumer, and where to start in it. */
export interface AssignedPlace {
  readonly info: TopicInfo;
  readonly partition: number;
  readonly target: Target;
  readonly tenure: PartitionTenure;
}

export interface SubscriptionHandlers {
  onAdded(readers: readonly PartitionReader[], isLater: boolean): void;
  onRemoved(readers: readonly PartitionReader[]): void;
}

export class Subscription {
  readonly #metadata: ClusterMetadata;
  readonly #startFrom: StartFrom;
  readonly #handlers: SubscriptionHandlers;
  readonly #readers = new Map<string, PartitionReader>();
  readonly #endUses = new Map<string, () => void>();
  /** Topics that are read whole. */
  #wholeTopics: readonly string[] = [];
  readonly #stopListening: () => void;

  constructor(metadata: ClusterMetadata, startFrom: StartFrom, handlers: SubscriptionHandlers) {
    this.#metadata = metadata;
    this.#startFrom = startFrom;
    this.#handlers = handlers;
    this.#stopListening = metadata.onChange(() => this.#topicsGrew());
  }

  /** Every partition that is read. */
  readers(): PartitionReader[] {
    return [...this.#readers.values()];
  }

  reader({ topic, partition }: TopicPartition): PartitionReader | undefined {
    return this.#readers.get(keyOf(topic, partition));
  }

  /** Reads all partitions of the topics, present and future. Rejects when a topic cannot be found. */
  async readTopics(topics: readonly string[], signal: AbortSignal): Promise<void> {
    const infos = await Promise.all(topics.map((topic) => this.#find(topic, signal)));
    this.#wholeTopics = topics;
    this.#replace(
      infos.flatMap((info) =>
        info.partitions.map((partition) => this.#readerFor(info, partition.partition, this.#startFrom)),
      ),
    );
  }

  /** Reads all partitions of these topics too, present and future. What is read already stays as it is. */
  async readTopicsToo(topics: readonly string[], signal: AbortSignal): Promise<void> {
    const infos = await Promise.all(topics.map((topic) => this.#find(topic, signal)));
    this.#wholeTopics = [...new Set([...this.#wholeTopics, ...topics])];
    const added: PartitionReader[] = [];
    for (const info of infos) {
      for (const { partition } of info.partitions) {
        if (this.#readers.has(keyOf(info.name, partition))) continue;
        const reader = this.#readerFor(info, partition, this.#startFrom);
        this.#readers.set(keyOf(info.name, partition), reader);
        added.push(reader);
      }
    }
    this.#handlers.onAdded(added, false);
  }

  /** Reads exactly these partitions. One that was read before goes on where it was unless an offset is given. */
  async readPartitions(assignments: readonly PartitionAssignment[], signal: AbortSignal): Promise<void> {
    const topics = [...new Set(assignments.map(({ topic }) => topic))];
    topics.forEach(requireTopicName);
    const infos = new Map<string, TopicInfo>();
    for (const info of await Promise.all(topics.map((topic) => this.#find(topic, signal)))) {
      infos.set(info.name, info);
    }
    this.#replace(
      assignments.map(({ topic, partition, offset }) => {
        const known = this.reader({ topic, partition });
        if (known !== undefined && offset === undefined) return known;
        const target = offset === undefined ? this.#startFrom : targetOf(offset, 'assign: offset');
        return this.#readerFor(infos.get(topic) as TopicInfo, partition, target);
      }),
    );
  }

  /** Reads one more partition; nothing is handed out before its reader `isAnnounced`. */
  add({ info, partition, target, tenure }: AssignedPlace): PartitionReader {
    const reader = this.#readerFor(info, partition, target, tenure);
    reader.isAnnounced = false;
    if (!this.#endUses.has(info.name)) this.#endUses.set(info.name, this.#metadata.use(info.name));
    this.#readers.set(keyOf(info.name, partition), reader);
    this.#handlers.onAdded([reader], false);
    return reader;
  }

  /** Ends the reading of some partitions. */
  remove(readers: readonly PartitionReader[]): void {
    const removed = readers.filter((reader) => this.reader(reader) === reader);
    for (const { topic, partition } of removed) this.#readers.delete(keyOf(topic, partition));
    this.#endUnused();
    this.#handlers.onRemoved(removed);
  }

  close(): void {
    this.#stopListening();
    for (const end of this.#endUses.values()) end();
  }

  async #find(topic: string, signal: AbortSignal): Promise<TopicInfo> {
    if (!this.#endUses.has(topic)) this.#endUses.set(topic, this.#metadata.use(topic));
    return await this.#metadata.findTopic(topic, { signal });
  }

  #readerFor(info: TopicInfo, partition: number, target: Target, tenure?: PartitionTenure): PartitionReader {
    const known = info.partitions[partition];
    if (known === undefined) {
      const count = info.partitions.length;
      throw new TidelogError(
        'UNKNOWN_TOPIC_OR_PARTITION',
        `topic ${JSON.stringify(info.name)} has no partition ${partition}; it has ${count} (0 to ${count - 1})`,
        { topic: info.name, partition, retriable: false },
      );
    }
    return new PartitionReader({ topic: info.name, topicId: info.topicId, info: known, target, tenure });
  }

  #replace(readers: readonly PartitionReader[]): void {
    const old = this.readers();
    this.#readers.clear();
    for (const reader of readers) this.#readers.set(keyOf(reader.topic, reader.partition), reader);
    const now = new Set(this.#readers.values());
    this.#endUnused();
    const before = new Set(old);
    this.#handlers.onRemoved(old.filter((reader) => !now.has(reader)));
    this.#handlers.onAdded(
      [...now].filter((reader) => !before.has(reader)),
      false,
    );
  }

  /** Topics of which no partition is read need not be kept fresh. */
  #endUnused(): void {
    const topics = new Set(this.readers().map(({ topic }) => topic));
    for (const [topic, end] of this.#endUses) {
      if (topics.has(topic)) continue;
      end();
      this.#endUses.delete(topic);
    }
  }

  /** New partitions are read from their first record: none of them was there when reading started. */
  #topicsGrew(): void {
    const added: PartitionReader[] = [];
    for (const topic of this.#wholeTopics) {
      const info = this.#metadata.topic(topic);
      for (const { partition } of info?.partitions ?? []) {
        if (this.#readers.has(keyOf(topic, partition))) continue;
        const reader = this.#readerFor(info as TopicInfo, partition, 'earliest');
        this.#readers.set(keyOf(topic, partition), reader);
        added.push(reader);
      }
    }
    if (added.length > 0) this.#handlers.onAdded(added, true);
  }
}

/** Topic names hold no colon. */
function keyOf(topic: string, partition: number): string {
  return `${topic}:${partition}`;
}
