/**
 * One topic as a producer sees it: the queues of its partitions, and records that wait for the topic to be found.
 *
 * Invariant: a record that comes while others wait waits behind them, so that records of a topic keep their order.
 */
import { topicIdToBytes } from '@tidelog/protocol';
import type { RecordHeaderInput } from '@tidelog/record';
import type { TopicInfo } from '../metadata-state.ts';
import type { Random } from '../random.ts';
import type { Bytes } from '../serializers.ts';
import type { SendCollector } from './deliveries.ts';
import type { DeliveryCallback, Message } from './message.ts';
import { PartitionQueue } from './partition-queue.ts';
import { StickyPartition } from './partitioner.ts';

/** A record in its final bytes, without a partition yet. */
export interface PreparedRecord<K, V> {
  readonly message: Message<K, V>;
  readonly timestampMs: number;
  readonly key: Bytes | null;
  readonly value: Bytes | null;
  readonly headers: RecordHeaderInput[] | undefined;
}

/** A prepared record with those who asked to be told about it. */
export interface ParkedRecord<K, V> extends PreparedRecord<K, V> {
  readonly onDelivery?: DeliveryCallback | undefined;
  readonly collector?: SendCollector | undefined;
  /** The record's place in the send of `collector`. */
  readonly slot?: number;
  readonly sizeBytes: number;
}

export class ProducerTopic<K, V> {
  readonly name: string;
  readonly sticky: StickyPartition;
  /** By partition number; may hold more than the topic has, after it was created again with fewer. */
  readonly queues: PartitionQueue[] = [];
  /** −1 for a partition without a leader. */
  leaderIds: readonly number[] = [];
  /** 0 while the topic is not known. */
  partitionCount = 0;
  /** Oldest first. */
  parked: ParkedRecord<K, V>[] = [];
  /** Settles, never rejects, when the topic was found or given up. */
  finding: Promise<void> | undefined;

  constructor(name: string, random: Random) {
    this.name = name;
    this.sticky = new StickyPartition(random);
  }

  /** True when records can be given to a partition at once. */
  get isReady(): boolean {
    return this.partitionCount > 0 && this.parked.length === 0;
  }

  /** Takes over what the metadata says; undefined: the cluster does not know the topic. Queues are added. */
  update(
    info: TopicInfo | undefined,
    options: { readonly isIdempotent: boolean; readonly maxInFlight: number },
  ): void {
    const partitions = info?.partitions ?? [];
    this.partitionCount = partitions.length;
    this.leaderIds = partitions.map(({ leaderId }) => leaderId);
    if (info === undefined) return;
    for (let partition = this.queues.length; partition < partitions.length; partition++) {
      const { topicId } = info;
      const topicIdBytes = topicIdToBytes(topicId);
      const queue = new PartitionQueue({ topic: this.name, partition, topicId, topicIdBytes, ...options });
      queue.leaderId = this.leaderIds[partition] ?? -1;
      this.queues.push(queue);
    }
  }

  /** The partition for a record without a key. */
  stickyPartition(): number {
    const { current } = this.sticky;
    return current >= 0 && current < this.partitionCount ? current : this.sticky.next(this.leaderIds);
  }
}
