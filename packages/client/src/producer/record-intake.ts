/**
 * From a program's message to its place in a batch: interceptors, serializers, the choice of a partition; and the
 * records that have no partition yet because their topic is still being looked for.
 *
 * This is the path that every record takes: it makes no object and no promise per record where the topic is known.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { Clock } from '../clock.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import type { Random } from '../random.ts';
import { requireTopicName } from '../topic-name.ts';
import { serializeValue, type Bytes, type Serializer } from '../serializers.ts';
import { callUser } from '../user-code.ts';
import type { Accumulator } from './accumulator.ts';
import type { SendCollector } from './deliveries.ts';
import { interceptSend, type ProducerInterceptor } from './interceptors.ts';
import { recordHeadersOf, type DeliveryCallback, type Message } from './message.ts';
import { partitionForKey } from './murmur2.ts';
import type { PartitionQueue } from './partition-queue.ts';
import { requirePartition, type Partitioner } from './partitioner.ts';
import { ProducerTopic, type ParkedRecord, type PreparedRecord } from './producer-topic.ts';
import { TurnClock } from './turn-clock.ts';

export interface RecordIntakeOptions<K, V> {
  readonly metadata: ClusterMetadata;
  readonly clock: Clock;
  readonly random: Random;
  readonly accumulator: Accumulator;
  readonly key: Serializer<K> | undefined;
  readonly value: Serializer<V> | undefined;
  readonly partitioner: Partitioner<K, V> | undefined;
  readonly interceptors: readonly ProducerInterceptor<K, V>[];
  readonly allowAutoTopicCreation: boolean;
  readonly idempotence: boolean;
  readonly maxInFlightRequests: number;
}

export interface RecordIntakeHandlers {
  /** The metadata changed: the place of a queue, or who leads it, may be another. */
  onQueuePlace(queue: PartitionQueue, place: { readonly topicId: string; readonly leaderId: number }): void;
  /** Records that waited for their topic do not any more: bytes may have become free. */
  onUnparked(): void;
  /** Records without an observer failed before they had a partition. */
  onUnobservedFailure(topic: string, recordCount: number, error: TidelogError): void;
}

/** What the objects of a record that waits for its topic take, about. */
const PARKED_OVERHEAD_BYTES = 400;

/** The partition of a record that follows the sticky one. */
const STICKY = -1;

export class RecordIntake<K, V> {
  readonly #options: RecordIntakeOptions<K, V>;
  readonly #handlers: RecordIntakeHandlers;
  readonly #accumulator: Accumulator;
  readonly #keySerializer: Serializer<K> | undefined;
  readonly #valueSerializer: Serializer<V> | undefined;
  readonly #keepsTimestamps: boolean;
  readonly #clock: TurnClock;
  readonly #topics = new Map<string, ProducerTopic<K, V>>();
  readonly #endUses: (() => void)[] = [];
  #lastTopic: ProducerTopic<K, V> | undefined;

  constructor(options: RecordIntakeOptions<K, V>, handlers: RecordIntakeHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#accumulator = options.accumulator;
    this.#keySerializer = options.key;
    this.#valueSerializer = options.value;
    this.#keepsTimestamps = options.interceptors.some(({ onAcknowledgement }) => onAcknowledgement);
    this.#clock = new TurnClock(options.clock);
    this.#endUses.push(options.metadata.onChange(() => this.#metadataChanged()));
  }

  /** Every queue of every topic. */
  queues(): PartitionQueue[] {
    return [...this.#topics.values()].flatMap(({ queues }) => queues);
  }

  /** The batch of a queue was closed: records without a key go elsewhere. */
  batchClosed(queue: PartitionQueue): void {
    this.#topics.get(queue.topic)?.sticky.batchClosed(queue.partition);
  }

  /** Resolves when no record that is here now waits for its topic any more. */
  async settleParked(): Promise<void> {
    for (const { finding } of [...this.#topics.values()]) await finding;
  }

  /** Takes one record, or throws and does not. */
  add(topicName: string, message: Message<K, V>, onDelivery: DeliveryCallback | undefined): void {
    const topic = this.#lastTopic?.name === topicName ? this.#lastTopic : this.#topic(topicName);
    const { interceptors } = this.#options;
    const given = interceptors.length === 0 ? message : interceptSend(interceptors, message, topicName);
    const key = this.#keyBytes(given.key ?? null, topicName);
    const value = this.#valueBytes(given.value, topicName);
    const headers = given.headers === undefined ? undefined : recordHeadersOf(given.headers);
    const timestampMs = given.timestampMs ?? this.#clock.nowMs();
    if (given.timestampMs !== undefined) requireTimestamp(timestampMs, topicName);
    if (!topic.isReady) {
      this.#park(topic, { message: given, timestampMs, key, value, headers, onDelivery });
      return;
    }
    let partition = this.#partitionOf(topic, given, key);
    if (partition === STICKY) partition = topic.stickyPartition();
    const queue = topic.queues[partition] as PartitionQueue;
    const batch = this.#accumulator.append(queue, timestampMs, key, value, headers);
    if (onDelivery !== undefined) {
      batch.deliveries.addCallback(batch.recordCount - 1, timestampMs, onDelivery);
    } else if (this.#keepsTimestamps) {
      batch.deliveries.keepTimestamp(batch.recordCount - 1, timestampMs);
    }
  }

  /** Serializes the messages of a send and checks all that can be checked; throws before any of them is taken. */
  prepare(topicName: string, messages: readonly Message<K, V>[]): PreparedRecord<K, V>[] {
    const { interceptors } = this.#options;
    this.#topic(topicName);
    return messages.map((message) => {
      const given = interceptSend(interceptors, message, topicName);
      const key = this.#keyBytes(given.key ?? null, topicName);
      const value = this.#valueBytes(given.value, topicName);
      const headers = given.headers === undefined ? undefined : recordHeadersOf(given.headers);
      const timestampMs = given.timestampMs ?? this.#clock.nowMs();
      requireTimestamp(timestampMs, topicName);
      this.#accumulator.requireSendable(topicName, key, value, headers);
      return { message: given, timestampMs, key, value, headers };
    });
  }

  /** Takes prepared records; all of them, or it throws and takes none. */
  addAll(topicName: string, records: readonly PreparedRecord<K, V>[], collector: SendCollector): void {
    const topic = this.#topic(topicName);
    if (!topic.isReady) {
      records.forEach((record, slot) => this.#park(topic, { ...record, collector, slot }));
      return;
    }
    const partitions = records.map(({ message, key }) => this.#partitionOf(topic, message, key));
    records.forEach((record, slot) => {
      this.#place(topic, partitions[slot] as number, { ...record, collector, slot });
    });
  }

  /** Fails the records that wait for their topic and stops following the metadata. */
  close(error: TidelogError): void {
    for (const end of this.#endUses) end();
    for (const topic of this.#topics.values()) this.#failParked(topic, error);
  }

  #keyBytes(key: K | null, topic: string): Bytes | null {
    if (key === null) return null;
    if (this.#keySerializer === undefined && (typeof key === 'string' || key instanceof Uint8Array))
      return key;
    return serializeValue(this.#keySerializer, key, { topic, isKey: true });
  }

  #valueBytes(value: V | null, topic: string): Bytes | null {
    if (value === null) return null;
    if (this.#valueSerializer === undefined && (typeof value === 'string' || value instanceof Uint8Array)) {
      return value;
    }
    return serializeValue(this.#valueSerializer, value, { topic, isKey: false });
  }

  #partitionOf(topic: ProducerTopic<K, V>, message: Message<K, V>, keyBytes: Bytes | null): number {
    const { partitionCount } = topic;
    if (message.partition !== undefined) {
      this.#requirePartition(topic, message.partition, 'message');
      return message.partition;
    }
    const { partitioner } = this.#options;
    if (partitioner !== undefined) {
      const { key = null, value } = message;
      const picked = partitioner({ topic: topic.name, key, value, keyBytes, partitionCount });
      if (picked !== undefined) {
        this.#requirePartition(topic, picked, 'partitioner');
        return picked;
      }
    }
    if (partitionCount === 1) return 0;
    return keyBytes === null ? STICKY : partitionForKey(keyBytes, partitionCount);
  }

  #requirePartition(topic: ProducerTopic<K, V>, partition: number, source: 'message' | 'partitioner'): void {
    if (!(partition < topic.partitionCount)) this.#options.metadata.requestRefresh();
    requirePartition(partition, topic.name, topic.partitionCount, source);
  }

  #topic(name: string): ProducerTopic<K, V> {
    let topic = this.#topics.get(name);
    if (topic === undefined) {
      requireTopicName(name);
      topic = new ProducerTopic<K, V>(name, this.#options.random);
      this.#topics.set(name, topic);
      this.#endUses.push(this.#options.metadata.use(name));
      this.#update(topic);
    }
    this.#lastTopic = topic;
    return topic;
  }

  #metadataChanged(): void {
    for (const topic of this.#topics.values()) this.#update(topic);
  }

  #update(topic: ProducerTopic<K, V>): void {
    const { metadata, idempotence, maxInFlightRequests } = this.#options;
    const info = metadata.topic(topic.name);
    topic.update(info, { isIdempotent: idempotence, maxInFlight: maxInFlightRequests });
    if (info === undefined) return;
    for (const queue of topic.queues) {
      const leaderId = info.partitions[queue.partition]?.leaderId ?? -1;
      this.#handlers.onQueuePlace(queue, { topicId: info.topicId, leaderId });
    }
  }

  /** Keeps a record until its topic is found. Bytes are copied: the caller may reuse its arrays. */
  #park(topic: ProducerTopic<K, V>, record: Omit<ParkedRecord<K, V>, 'sizeBytes'>): void {
    const { key, value, headers } = record;
    const recordBytes = this.#accumulator.requireSendable(topic.name, key, value, headers);
    const sizeBytes = recordBytes + PARKED_OVERHEAD_BYTES;
    topic.parked.push({
      ...record,
      key: copied(key),
      value: copied(value),
      headers: headers?.map((header) => ({ key: header.key, value: copied(header.value) })),
      sizeBytes,
    });
    this.#accumulator.bufferedBytes += sizeBytes;
    topic.finding ??= this.#find(topic);
  }

  async #find(topic: ProducerTopic<K, V>): Promise<void> {
    const { metadata, allowAutoTopicCreation } = this.#options;
    let error: TidelogError | undefined;
    try {
      await metadata.findTopic(topic.name, { allowAutoTopicCreation });
      this.#update(topic);
    } catch (thrown) {
      error = TidelogError.from(thrown);
    }
    // A program that is told of a failure may give the record in again at once, which begins another search.
    topic.finding = undefined;
    if (error === undefined) this.#placeParked(topic);
    else this.#failParked(topic, error);
    this.#handlers.onUnparked();
  }

  #placeParked(topic: ProducerTopic<K, V>): void {
    const parked = topic.parked;
    topic.parked = [];
    for (const record of parked) {
      this.#accumulator.bufferedBytes -= record.sizeBytes;
      try {
        this.#place(topic, this.#partitionOf(topic, record.message, record.key), record);
      } catch (thrown) {
        this.#failOne(topic, record, TidelogError.from(thrown));
      }
    }
  }

  #place(topic: ProducerTopic<K, V>, partition: number, record: Omit<ParkedRecord<K, V>, 'sizeBytes'>): void {
    const { timestampMs, key, value, headers, onDelivery, collector, slot = 0 } = record;
    const queue = topic.queues[partition === STICKY ? topic.stickyPartition() : partition] as PartitionQueue;
    const batch = this.#accumulator.append(queue, timestampMs, key, value, headers);
    const index = batch.recordCount - 1;
    if (onDelivery !== undefined) batch.deliveries.addCallback(index, timestampMs, onDelivery);
    if (collector !== undefined) batch.deliveries.addSend(index, timestampMs, collector, slot);
    if (this.#keepsTimestamps) batch.deliveries.keepTimestamp(index, timestampMs);
  }

  #failParked(topic: ProducerTopic<K, V>, error: TidelogError): void {
    const parked = topic.parked;
    topic.parked = [];
    for (const record of parked) {
      this.#accumulator.bufferedBytes -= record.sizeBytes;
      this.#failOne(topic, record, error);
    }
  }

  #failOne(topic: ProducerTopic<K, V>, record: ParkedRecord<K, V>, error: TidelogError): void {
    for (const interceptor of this.#options.interceptors) {
      callUser(() => interceptor.onAcknowledgement?.(error, undefined));
    }
    callUser(() => record.onDelivery?.(error, undefined));
    record.collector?.failed(1, error);
    if (record.onDelivery !== undefined || record.collector !== undefined) return;
    this.#handlers.onUnobservedFailure(topic.name, 1, error);
  }
}

function copied<T extends Bytes | null>(data: T): T {
  return (data instanceof Uint8Array ? Buffer.from(data) : data) as T;
}

function requireTimestamp(timestampMs: number, topic: string): void {
  if (Number.isSafeInteger(timestampMs) && timestampMs >= 0) return;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `timestampMs of a message for topic ${JSON.stringify(topic)} is ${String(timestampMs)}; it must be milliseconds since 1970, an integer`,
    { topic },
  );
}
