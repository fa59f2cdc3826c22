/**
 * Brings the batches of a producer to the brokers that lead their partitions, until each is settled: routes
 * queues to brokers, follows leaders, applies answers to the in-flight state of each partition, waits between
 * retries, and ends what takes too long.
 *
 * A batch is settled exactly once, here: `#settleStored` or `#settleFailed`.
 */
import { toSafeNumber, topicIdToBytes, type wire } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { backoffMs } from '../backoff-policy.ts';
import type { ClientSettings } from '../client-options.ts';
import type { Timer } from '../clock.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import { batchChannel, recoveryChannel } from '../tracing.ts';
import { splitBatch } from './batch-splitter.ts';
import { BrokerSender, type SentItem } from './broker-sender.ts';
import { DeliveryDeadlines } from './delivery-deadlines.ts';
import { deliveryTimeoutError, possiblyDoubledError, refusedError } from './delivery-errors.ts';
import type { InFlightEffect } from './in-flight-state.ts';
import type { PartitionQueue } from './partition-queue.ts';
import { judgeProduceError } from './produce-answer-policy.ts';
import type { CompressionSettings, ProducerBatch } from './producer-batch.ts';
import { ProducerIdentitySource } from './producer-identity.ts';

export interface SenderOptions extends CompressionSettings {
  readonly settings: ClientSettings;
  readonly metadata: ClusterMetadata;
  readonly acks: 'all' | 1 | 0;
  readonly maxInFlightRequests: number;
  readonly maxRequestSizeBytes: number;
  readonly deliveryTimeoutMs: number;
  readonly nextBatchId: () => number;
}

/** Where a batch was stored. */
export interface StoredAt {
  readonly baseOffset: number;
  readonly logAppendTimeMs: number;
}

export interface SenderHandlers {
  /** A batch was stored. `isReusable`: nobody reads its memory any more. */
  onStored(batch: ProducerBatch, at: StoredAt, isReusable: boolean): void;
  onFailed(batch: ProducerBatch, error: TidelogError): void;
  /** A batch was replaced by smaller ones. */
  onSplit(batch: ProducerBatch, parts: readonly ProducerBatch[]): void;
}

const NOWHERE: StoredAt = { baseOffset: -1, logAppendTimeMs: -1 };

export class Sender {
  readonly #options: SenderOptions;
  readonly #handlers: SenderHandlers;
  readonly #brokers = new Map<number, BrokerSender>();
  readonly #identity: ProducerIdentitySource;
  readonly #deadlines: DeliveryDeadlines;
  /** Queues without a leader to send to, or without a producer id. */
  readonly #stranded = new Set<PartitionQueue>();
  readonly #retryTimers = new Map<PartitionQueue, Timer>();
  readonly #stopListening: () => void;
  #lastDownError: TidelogError | undefined;
  #isClosed = false;

  constructor(options: SenderOptions, handlers: SenderHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    const { settings, metadata } = options;
    this.#identity = new ProducerIdentitySource(settings, metadata.control, () => this.#retryStranded());
    this.#deadlines = new DeliveryDeadlines(
      { clock: settings.clock, deliveryTimeoutMs: options.deliveryTimeoutMs },
      (queue, batch) => this.#expire(queue, batch),
    );
    this.#stopListening = metadata.onChange(() => this.#metadataChanged());
  }

  /** Watches the deadline of a new batch. */
  watch(queue: PartitionQueue, batch: ProducerBatch): void {
    this.#deadlines.add(queue, batch);
  }

  /** Starts to compress a sealed batch; it may be sent when that is done. */
  compress(queue: PartitionQueue, batch: ProducerBatch): void {
    batch.compress(this.#options).then(
      () => {
        if (!batch.isSettled) this.ready(queue);
      },
      (thrown: unknown) => {
        if (batch.isSettled) return;
        queue.forget(batch);
        this.#settleFailed(batch, TidelogError.from(thrown));
        this.ready(queue);
      },
    );
  }

  /** A queue may have something to send: sends it, or sees to it that it can be sent. */
  ready(queue: PartitionQueue): void {
    this.#route(queue)?.drain();
  }

  /** As `ready` for many queues, whose requests go out at once. */
  readyNow(queues: readonly PartitionQueue[]): void {
    const brokers = new Set<BrokerSender>();
    for (const queue of queues) {
      const broker = this.#route(queue);
      if (broker !== undefined) brokers.add(broker);
    }
    for (const broker of brokers) broker.drainNow();
  }

  /** Closes all connections. Batches that are not settled are failed with `error` (the caller lists them). */
  close(queues: Iterable<PartitionQueue>, error: TidelogError): void {
    this.#isClosed = true;
    this.#stopListening();
    this.#identity.close();
    this.#deadlines.close();
    for (const timer of this.#retryTimers.values()) timer.cancel();
    for (const broker of this.#brokers.values()) broker.close();
    for (const queue of queues) {
      for (const batch of queue.batches()) {
        queue.forget(batch);
        this.#settleFailed(batch, error);
      }
    }
  }

  /** The sender of the broker that leads the queue; undefined, and the queue stranded, while there is none. */
  #route(queue: PartitionQueue): BrokerSender | undefined {
    if (this.#isClosed) return undefined;
    if (queue.state.isIdempotent && queue.state.identity === undefined && !this.#giveIdentity(queue)) {
      this.#stranded.add(queue);
      return undefined;
    }
    const broker = this.#brokerFor(queue.leaderId);
    if (broker === undefined) {
      this.#stranded.add(queue);
      this.#options.metadata.requestRefresh();
      return undefined;
    }
    this.#stranded.delete(queue);
    broker.list(queue);
    return broker;
  }

  #giveIdentity(queue: PartitionQueue): boolean {
    const identity = this.#identity.current;
    if (identity === undefined) {
      this.#identity.request();
      return false;
    }
    this.#carryOut(queue, queue.step({ kind: 'identity', identity }));
    return true;
  }

  #brokerFor(brokerId: number): BrokerSender | undefined {
    const known = this.#brokers.get(brokerId);
    if (known !== undefined) return known;
    const info = this.#options.metadata.snapshot.brokers.get(brokerId);
    if (info === undefined) return undefined;
    const broker = new BrokerSender(
      info.endpoint,
      { ...this.#options, brokerId },
      {
        onForeignQueue: (queue) => this.ready(queue),
        onAnswered: (items, results) => this.#answered(items, results),
        onUnanswered: (items, error) => {
          // Closing breaks the connections; the batches were failed by then.
          if (!this.#isClosed) this.#unanswered(items, error);
        },
        onDown: (error) => {
          this.#lastDownError = error;
          this.#options.metadata.requestRefresh();
        },
      },
    );
    this.#brokers.set(brokerId, broker);
    return broker;
  }

  #retryStranded(): void {
    this.readyNow([...this.#stranded]);
  }

  #metadataChanged(): void {
    const { brokers } = this.#options.metadata.snapshot;
    for (const [brokerId, sender] of this.#brokers) {
      const info = brokers.get(brokerId);
      if (info !== undefined) {
        sender.moveTo(info.endpoint);
        continue;
      }
      sender.close();
      this.#brokers.delete(brokerId);
    }
  }

  /** The leader or the identity of a partition changed in the metadata. */
  updateQueue(queue: PartitionQueue, place: { readonly topicId: string; readonly leaderId: number }): void {
    if (queue.topicId !== place.topicId) {
      queue.topicId = place.topicId;
      queue.topicIdBytes = topicIdToBytes(place.topicId);
      this.#carryOut(queue, queue.step({ kind: 'log-replaced' }));
    }
    const isMoved = queue.leaderId !== place.leaderId;
    queue.leaderId = place.leaderId;
    if (isMoved || this.#stranded.has(queue)) {
      if (!queue.isEmpty) this.ready(queue);
    }
  }

  #answered(
    items: readonly SentItem[],
    results: readonly wire.ProducePartitionResult.$Properties[] | undefined,
  ): void {
    items.forEach(({ queue, batch }, index) => {
      const result = results?.[index];
      if (result === undefined || (result.errorCode ?? 0) === 0) {
        this.#stored(queue, batch, result === undefined ? NOWHERE : storedAt(result));
        return;
      }
      const { topic, partition } = queue;
      const message = result.errorMessage ?? '';
      const error = TidelogError.fromWire(result.errorCode as number, message, { topic, partition });
      this.#refused(queue, batch, error);
    });
    this.#continue(items);
  }

  #unanswered(items: readonly SentItem[], error: TidelogError): void {
    this.#options.metadata.requestRefresh();
    for (const { queue, batch } of items) {
      batch.lastError = error;
      queue.isSplit = false;
      this.#carryOut(queue, queue.step({ kind: 'unanswered', id: batch.id }));
    }
    this.#continue(items);
  }

  #stored(queue: PartitionQueue, batch: ProducerBatch, at: StoredAt): void {
    queue.failures = 0;
    const effects = queue.step({ kind: 'appended', id: batch.id });
    if (effects.some(({ kind }) => kind === 'acknowledge')) {
      queue.forget(batch);
      this.#settleStored(batch, at);
    }
    if (effects.length > 1 || !batch.isSettled) this.#carryOut(queue, effects);
  }

  #refused(queue: PartitionQueue, batch: ProducerBatch, error: TidelogError): void {
    batch.lastError = error;
    const verdict = judgeProduceError(error);
    if (verdict.needsMetadata) this.#options.metadata.requestRefresh();
    const { id } = batch;
    if (verdict.kind === 'appended') {
      this.#stored(queue, batch, NOWHERE);
    } else if (verdict.kind === 'out-of-sequence') {
      this.#carryOut(queue, queue.step({ kind: 'out-of-sequence', id }));
    } else if (verdict.kind === 'too-large' && batch.recordCount > 1 && !batch.isSettled) {
      this.#split(queue, batch);
    } else {
      queue.isSplit = false;
      this.#carryOut(queue, queue.step({ ...verdict, kind: 'refused', id }));
    }
  }

  #split(queue: PartitionQueue, batch: ProducerBatch): void {
    const parts = splitBatch(batch, this.#options, this.#options.nextBatchId);
    queue.replaceSent(batch, parts);
    queue.isSplit = true;
    batch.isSettled = true;
    this.#handlers.onSplit(batch, parts);
    for (const part of parts) this.watch(queue, part);
    this.#carryOut(queue, queue.step({ kind: 'split', id: batch.id, parts }));
  }

  #expire(queue: PartitionQueue, batch: ProducerBatch): void {
    if (batch.isSettled) return;
    if (queue.sentBatch(batch.id) === undefined) {
      queue.forget(batch);
      this.#settleFailed(batch, this.#deliveryTimeout(batch));
      return;
    }
    this.#carryOut(queue, queue.step({ kind: 'expired', id: batch.id }));
    this.#continue([{ queue }]);
  }

  /** Carries out what the in-flight state asked for, except writes and acknowledgements. */
  #carryOut(queue: PartitionQueue, effects: readonly InFlightEffect[]): void {
    let failedRecordCount = 0;
    for (const effect of effects) {
      if (effect.kind === 'fail') {
        const batch = queue.sentBatch(effect.id);
        if (batch === undefined || batch.isSettled) continue;
        if (effect.reason === 'possibly-doubled') failedRecordCount += batch.recordCount;
        this.#settleFailed(batch, this.#failure(batch, effect.reason));
      } else if (effect.kind === 'request-identity') {
        this.#identity.retire(effect.usedUpProducerId);
      } else if (effect.kind === 'new-epoch' && recoveryChannel.hasSubscribers) {
        const { topic, partition } = queue;
        recoveryChannel.publish({
          topic,
          partition,
          producerEpoch: effect.producerEpoch,
          failedRecordCount,
        });
      }
    }
    queue.forgetSettled();
  }

  #failure(batch: ProducerBatch, reason: 'refused' | 'expired' | 'possibly-doubled'): TidelogError {
    if (reason === 'refused') return refusedError(batch);
    if (reason === 'possibly-doubled') return possiblyDoubledError(batch);
    return this.#deliveryTimeout(batch);
  }

  #deliveryTimeout(batch: ProducerBatch): TidelogError {
    const cause =
      batch.lastError ?? this.#identity.lastError ?? this.#lastDownError ?? this.#options.metadata.lastError;
    return deliveryTimeoutError(batch, { deliveryTimeoutMs: this.#options.deliveryTimeoutMs, cause });
  }

  /** After events: goes on with the queues, each at once or, when a round of sends failed, after a wait. */
  #continue(items: readonly { readonly queue: PartitionQueue }[]): void {
    const brokers = new Set<BrokerSender>();
    for (const { queue } of items) {
      const { inFlightCount, batches } = queue.state;
      const isRetry = inFlightCount === 0 && batches.some(({ phase }) => phase === 'waiting');
      if (isRetry && !queue.isSplit) {
        this.#retryLater(queue);
      } else if (!queue.isEmpty) {
        if (isRetry) queue.isSplit = false;
        const broker = this.#route(queue);
        if (broker !== undefined) brokers.add(broker);
      }
    }
    for (const broker of brokers) broker.drain();
  }

  #retryLater(queue: PartitionQueue): void {
    if (this.#retryTimers.has(queue)) return;
    queue.failures += 1;
    const { clock, random, retryBackoffMs, retryBackoffMaxMs } = this.#options.settings;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    const waitMs = backoffMs(queue.failures, limits, random);
    queue.notBeforeMs = clock.monotonicMs() + waitMs;
    const timer = clock.setTimer(waitMs, () => {
      this.#retryTimers.delete(queue);
      queue.notBeforeMs = 0;
      this.ready(queue);
    });
    this.#retryTimers.set(queue, timer);
  }

  #settleStored(batch: ProducerBatch, at: StoredAt): void {
    batch.isSettled = true;
    const isReusable = this.#options.acks !== 0 && batch.attempts === 1;
    this.#trace(batch, at.baseOffset, undefined);
    this.#handlers.onStored(batch, at, isReusable);
  }

  #settleFailed(batch: ProducerBatch, error: TidelogError): void {
    batch.isSettled = true;
    this.#trace(batch, -1, error);
    this.#handlers.onFailed(batch, error);
  }

  #trace(batch: ProducerBatch, baseOffset: number, error: TidelogError | undefined): void {
    if (!batchChannel.hasSubscribers) return;
    const { topic, partition, recordCount, sizeBytes, attempts } = batch;
    batchChannel.publish({ topic, partition, recordCount, sizeBytes, baseOffset, attempts, error });
  }
}

function storedAt(result: wire.ProducePartitionResult.$Properties): StoredAt {
  return {
    baseOffset: toSafeNumber(result.baseOffset ?? -1, 'base offset'),
    logAppendTimeMs: toSafeNumber(result.logAppendTimeMs ?? -1, 'log append time'),
  };
}
