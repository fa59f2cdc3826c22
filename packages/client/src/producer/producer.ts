/**
 * The producer of a program: takes records, gives each a partition, and reports how they fared.
 *
 *   send / enqueue → serialize → partition → accumulator → sender → broker
 *
 * States: open → closing (`close` was called: nothing more is taken, what was taken is flushed) → closed.
 *
 * Invariants: records of one partition are stored in the order of the calls; a record that a call took is settled
 * exactly once; what a call that threw was given was not taken.
 */
import { EventEmitter } from 'node:events';
import { TidelogError } from '@tidelog/record/errors';
import { abortedError, isAborted, untilAborted, type WaitOptions } from '../abortable.ts';
import type { ClientSettings } from '../client-options.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import type { Bytes } from '../serializers.ts';
import { callUser } from '../user-code.ts';
import { Accumulator } from './accumulator.ts';
import { BufferSpace } from './buffer-space.ts';
import { SendCollector, type StoredBatch } from './deliveries.ts';
import { FlushWaits } from './flush-waits.ts';
import type { ProducerInterceptor } from './interceptors.ts';
import type { DeliveryCallback, Message, RecordMetadata } from './message.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { ProducerBatch } from './producer-batch.ts';
import type { ProducerSettings } from './producer-options.ts';
import { RecordIntake } from './record-intake.ts';
import { Sender } from './sender.ts';

/** Records of one batch that failed without anybody having asked for them. */
export interface DeliveryFailure {
  readonly error: TidelogError;
  readonly topic: string;
  /** −1: the topic was not found, so that no partition was chosen. */
  readonly partition: number;
  readonly recordCount: number;
}

export interface ProducerEvents {
  /** Records that were enqueued without a callback failed. The next `flush` or `close` rejects too. */
  deliveryFailed: [failure: DeliveryFailure];
}

/** Records of one topic to send. */
export interface SendRequest<K = Bytes, V = Bytes> {
  readonly topic: string;
  readonly messages: readonly Message<K, V>[];
}

/** Made by `tidelog.producer()`. `K` and `V` are the types of keys and values. */
export class Producer<K = Bytes, V = Bytes> extends EventEmitter<ProducerEvents> implements AsyncDisposable {
  readonly #accumulator: Accumulator;
  readonly #intake: RecordIntake<K, V>;
  readonly #sender: Sender;
  readonly #space: BufferSpace;
  readonly #flushes: FlushWaits = new FlushWaits();
  readonly #acknowledgers: readonly ProducerInterceptor<K, V>[];
  readonly #compresses: boolean;
  readonly #bufferMemoryBytes: number;
  readonly #onClosed: () => void;
  #closing: Promise<void> | undefined;

  /** Use `tidelog.producer()`. */
  constructor(
    client: ClientSettings,
    metadata: ClusterMetadata,
    settings: ProducerSettings<K, V>,
    onClosed: () => void,
  ) {
    super();
    this.#onClosed = onClosed;
    this.#acknowledgers = settings.interceptors.filter(({ onAcknowledgement }) => onAcknowledgement);
    this.#compresses = settings.compression !== 'none';
    this.#bufferMemoryBytes = settings.bufferMemoryBytes;
    const { clock, random, allowAutoTopicCreation } = client;
    const accumulator = new Accumulator({ ...settings, clock }, this.#accumulatorHandlers());
    this.#accumulator = accumulator;
    this.#space = new BufferSpace(settings.bufferMemoryBytes, () => accumulator.bufferedBytes);
    this.#sender = new Sender(
      { ...settings, settings: client, metadata, nextBatchId: accumulator.nextBatchId },
      this.#senderHandlers(),
    );
    this.#intake = new RecordIntake<K, V>(
      { ...settings, metadata, clock, random, accumulator, allowAutoTopicCreation },
      {
        onQueuePlace: (queue, place) => this.#sender.updateQueue(queue, place),
        onUnparked: () => this.#space.freed(),
        onUnobservedFailure: (topic, recordCount, error) =>
          this.#unobservedFailure({ topic, partition: -1, recordCount, error }),
      },
    );
  }

  /** Bytes of records that were taken and are not settled, as encoded and before compression. */
  get bufferedBytes(): number {
    return this.#accumulator.bufferedBytes;
  }

  /**
   * Sends records of one topic and waits until all are delivered as `acks` says; resolves with where each was
   * stored, in the order of the messages. Waits first for room when the producer is full. Either all messages are
   * taken or, when one of them is not valid, none.
   *
   * Aborting the signal abandons the wait, not the records: their outcome is then unknown.
   *
   * Rejects with INVALID_ARGUMENT, SERIALIZATION_FAILED or MESSAGE_TOO_LARGE (nothing was taken); CLOSED; ABORTED;
   * UNKNOWN_TOPIC_OR_PARTITION after metadataTimeoutMs; DELIVERY_TIMEOUT; or the broker's error. When some
   * messages fail, with the first failure.
   */
  async send(
    { topic, messages }: SendRequest<K, V>,
    options: WaitOptions = {},
  ): Promise<readonly RecordMetadata[]> {
    this.#requireOpen();
    const { signal } = options;
    const what = `send to topic ${JSON.stringify(topic)}`;
    if (isAborted(signal)) throw abortedError(what, signal);
    if (!Array.isArray(messages)) {
      throw new TidelogError('INVALID_ARGUMENT', 'send needs { topic, messages: [{ key, value }] }');
    }
    if (messages.length === 0) return [];
    const records = this.#intake.prepare(topic, messages);
    const collector = new SendCollector(records.length);
    if (this.#space.mustWait) {
      await this.#space.turn(signal);
      try {
        this.#intake.addAll(topic, records, collector);
      } finally {
        this.#space.endTurn();
      }
    } else {
      this.#intake.addAll(topic, records, collector);
    }
    return await untilAborted(collector.promise, what, signal);
  }

  /**
   * Takes a record and returns at once. True: there is room for more; false: the producer is full, go on after
   * `await producer.drained()` (the record was taken all the same).
   *
   * `onDelivery` is told how the delivery ended. Without it a failure emits `deliveryFailed` and rejects the next
   * `flush` or `close`.
   *
   * Throws BUFFER_FULL at twice bufferMemoryBytes, INVALID_ARGUMENT, SERIALIZATION_FAILED, MESSAGE_TOO_LARGE or
   * CLOSED; the record was not taken then.
   */
  enqueue(topic: string, message: Message<K, V>, onDelivery?: DeliveryCallback): boolean {
    if (this.#closing !== undefined) this.#requireOpen();
    const accumulator = this.#accumulator;
    if (accumulator.bufferedBytes >= 2 * this.#bufferMemoryBytes) throw this.#bufferFull();
    this.#intake.add(topic, message, onDelivery);
    return accumulator.bufferedBytes < this.#bufferMemoryBytes;
  }

  /** Resolves when the producer has room again: at once unless `enqueue` returned false. */
  drained(): Promise<void> {
    return this.#space.drained();
  }

  /**
   * Sends everything that was taken so far, without lingering, and resolves when all of it is settled.
   * Rejects with the first failure of records that were enqueued without a callback since the last flush, or with
   * ABORTED (the records go on).
   */
  async flush(options: WaitOptions = {}): Promise<void> {
    await untilAborted(this.#flushAll(), 'flush', options.signal);
    const failure = this.#flushes.takeFailure();
    if (failure !== undefined) throw failure;
  }

  /**
   * Takes no more records, flushes, then closes the connections. Calling it again gives the same promise.
   * Rejects as `flush` does; aborting the signal closes at once, and what is not settled fails with CLOSED.
   */
  close(options: WaitOptions = {}): Promise<void> {
    this.#closing ??= this.#closeOnce(options.signal);
    return this.#closing;
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #closeOnce(signal: AbortSignal | undefined): Promise<void> {
    let failure: TidelogError | undefined;
    try {
      await untilAborted(this.#flushAll(), 'close', signal);
    } catch (thrown) {
      failure = TidelogError.from(thrown);
    }
    const error = new TidelogError('CLOSED', 'the producer was closed before the record was acknowledged');
    this.#space.close(error);
    this.#intake.close(error);
    this.#sender.close(this.#intake.queues(), error);
    this.#onClosed();
    failure ??= this.#flushes.takeFailure();
    if (failure !== undefined) throw failure;
  }

  async #flushAll(): Promise<void> {
    // A send that waits for room was called before: its records belong to this flush too.
    await this.#space.turnsTaken();
    await this.#intake.settleParked();
    this.#due(this.#accumulator.makeAllDue());
    await this.#flushes.wait();
  }

  #requireOpen(): void {
    if (this.#closing === undefined) return;
    throw new TidelogError('CLOSED', 'the producer was closed; make a new one with tidelog.producer()');
  }

  #bufferFull(): TidelogError {
    return new TidelogError(
      'BUFFER_FULL',
      `the producer holds ${this.#accumulator.bufferedBytes} bytes of unacknowledged records, twice bufferMemoryBytes (${this.#bufferMemoryBytes}); when enqueue returns false, await producer.drained()`,
    );
  }

  #accumulatorHandlers(): ConstructorParameters<typeof Accumulator>[1] {
    return {
      onOpened: (queue, batch) => {
        this.#flushes.add(batch);
        this.#sender.watch(queue, batch);
      },
      onSealed: (queue, batch) => {
        this.#intake.batchClosed(queue);
        if (this.#compresses) this.#sender.compress(queue, batch);
        else this.#sender.ready(queue);
      },
      onDue: (queues) => this.#due(queues),
    };
  }

  #senderHandlers(): ConstructorParameters<typeof Sender>[1] {
    return {
      onStored: (batch, at, isReusable) => {
        const { topic, partition } = batch;
        const stored: StoredBatch = { topic, partition, ...at };
        this.#acknowledge(batch, undefined, stored);
        batch.deliveries.stored(stored);
        this.#settled(batch, isReusable);
      },
      onFailed: (batch, error) => {
        this.#acknowledge(batch, error, undefined);
        batch.deliveries.failed(error);
        const { topic, partition } = batch;
        const recordCount = batch.deliveries.unobservedCount(batch.recordCount);
        if (recordCount > 0) this.#unobservedFailure({ topic, partition, recordCount, error });
        this.#settled(batch, false);
      },
      onSplit: (batch, parts) => {
        this.#accumulator.replaced(batch, parts);
        this.#flushes.split(batch, parts);
      },
    };
  }

  /** These queues have a batch that lingered long enough. */
  #due(queues: readonly PartitionQueue[]): void {
    for (const queue of queues) {
      if (this.#compresses) this.#accumulator.seal(queue);
      else this.#intake.batchClosed(queue);
    }
    if (!this.#compresses) this.#sender.readyNow(queues);
  }

  #settled(batch: ProducerBatch, isReusable: boolean): void {
    this.#accumulator.settled(batch, { isReusable });
    this.#flushes.settled(batch);
    this.#space.freed();
  }

  #acknowledge(batch: ProducerBatch, error: TidelogError | undefined, stored: StoredBatch | undefined): void {
    if (this.#acknowledgers.length === 0) return;
    for (let index = 0; index < batch.recordCount; index++) {
      const metadata = stored === undefined ? undefined : batch.deliveries.metadataAt(stored, index);
      for (const interceptor of this.#acknowledgers) {
        callUser(() => interceptor.onAcknowledgement?.(error, metadata));
      }
    }
  }

  #unobservedFailure(failure: DeliveryFailure): void {
    this.#flushes.failedUnobserved(failure.recordCount, failure.error);
    callUser(() => this.emit('deliveryFailed', failure));
  }
}
