/**
 * Keeps the partitions of a consumer fetched ahead of the program, within prefetchMaxBytes: decides who is asked
 * for what, follows leaders, waits between retries. What arrives waits in the readers until `batch-source.ts`
 * delivers it.
 *
 * Invariants: at most prefetchMaxBytes are held, plus one answer per request on its way; a partition is asked for
 * more only while it holds less than maxPartitionFetchBytes; partitions that are paused take no room from others.
 * Batches of which records are still with the program take at most half of the room, so that a few records that
 * take long do not keep the other partitions from being read; how many there are is bounded by who works with them.
 */
import type { TidelogError } from '@tidelog/record/errors';
import { backoffMs } from '../backoff-policy.ts';
import type { ClientSettings } from '../client-options.ts';
import type { Timer } from '../clock.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import { FetchBroker, type FetchLimits, type FetchOutcome } from './fetch-broker.ts';
import { step, type FetchEvent, type FetchPolicy } from './fetch-state.ts';
import { PartitionReader } from './partition-reader.ts';

export interface FetcherOptions extends FetchLimits, FetchPolicy {
  readonly settings: ClientSettings;
  readonly metadata: ClusterMetadata;
  readonly prefetchMaxBytes: number;
}

export interface FetcherHandlers {
  /** A reader has something to deliver. */
  onReadable(reader: PartitionReader): void;
  /** It is known where the reader starts. */
  onLocated(reader: PartitionReader): void;
  /** A reader failed for good. */
  onFailed(reader: PartitionReader, error: TidelogError): void;
  /** The offset of a reader was out of range. */
  onReset(
    reader: PartitionReader,
    at: { readonly fromOffset: number; readonly to: 'earliest' | 'latest' },
  ): void;
}

export class Fetcher {
  readonly #options: FetcherOptions;
  readonly #handlers: FetcherHandlers;
  readonly #brokers = new Map<number, FetchBroker>();
  /** In the order in which they are asked for; who was asked goes to the end. */
  readonly #readers = new Set<PartitionReader>();
  readonly #stopListening: () => void;
  #retryTimer: Timer | undefined;
  #retryAtMs = Infinity;
  #isPumpDeferred = false;
  #isClosed = false;

  constructor(options: FetcherOptions, handlers: FetcherHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#stopListening = options.metadata.onChange(() => this.#metadataChanged());
  }

  get readers(): ReadonlySet<PartitionReader> {
    return this.#readers;
  }

  add(reader: PartitionReader): void {
    this.#readers.add(reader);
    this.pumpSoon();
  }

  remove(reader: PartitionReader): void {
    reader.abandon();
    reader.discard();
    reader.state.generation += 1;
    this.#readers.delete(reader);
    this.pumpSoon();
  }

  /** Applies an event to a reader, as the program caused it. */
  apply(reader: PartitionReader, event: FetchEvent): void {
    this.#apply(reader, event);
    this.pumpSoon();
  }

  /** Asks for more at the end of the turn. */
  pumpSoon(): void {
    if (this.#isPumpDeferred || this.#isClosed) return;
    this.#isPumpDeferred = true;
    this.#options.settings.clock.defer(() => {
      this.#isPumpDeferred = false;
      this.#pump();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#stopListening();
    this.#retryTimer?.cancel();
    for (const broker of this.#brokers.values()) broker.close();
    for (const reader of this.#readers) {
      reader.abandon();
      reader.discard();
    }
  }

  #pump(): void {
    if (this.#isClosed) return;
    const { settings, metadata, prefetchMaxBytes, maxPartitionFetchBytes } = this.#options;
    const nowMs = settings.clock.monotonicMs();
    let roomBytes = prefetchMaxBytes;
    let heldBytes = 0;
    const wanted = new Map<number, PartitionReader[]>();
    for (const reader of this.#readers) {
      roomBytes -= reader.bufferedBytes;
      heldBytes += reader.heldBytes;
      const { phase } = reader.state;
      const isWanted =
        phase !== 'failed' &&
        reader.request === undefined &&
        (phase === 'locating' || (!reader.isSuspended && reader.bufferedBytes < maxPartitionFetchBytes));
      if (reader.request === undefined && !isWanted) reader.wantedSinceMs = undefined;
      if (!isWanted) continue;
      if (reader.bufferedBytes === 0) reader.wantedSinceMs ??= nowMs;
      if (reader.notBeforeMs > nowMs) {
        this.#retryAt(reader.notBeforeMs);
      } else if (this.#brokerFor(reader.leaderId) === undefined) {
        metadata.requestRefresh();
      } else {
        const readers = wanted.get(reader.leaderId);
        if (readers === undefined) wanted.set(reader.leaderId, [reader]);
        else readers.push(reader);
      }
    }
    roomBytes -= Math.min(heldBytes, prefetchMaxBytes / 2);
    if (roomBytes <= 0 && isAnyStarved(wanted.values()) && this.#giveUpSuspended()) {
      this.#pump();
      return;
    }
    for (const [brokerId, readers] of wanted) {
      // Who waits for the program to make room is not stalled.
      if (roomBytes <= 0) for (const reader of readers) reader.wantedSinceMs = undefined;
      if (this.#brokerFor(brokerId)?.ask(readers, roomBytes) !== true) continue;
      for (const reader of readers) {
        this.#readers.delete(reader);
        this.#readers.add(reader);
      }
    }
  }

  /** Gives the room of suspended readers to those who read: theirs is fetched again. False when they hold none. */
  #giveUpSuspended(): boolean {
    let hasGivenUp = false;
    for (const reader of this.#readers) {
      const isIdle = reader.isSuspended && !reader.isLeased && reader.state.phase === 'fetching';
      if (!isIdle || reader.bufferedBytes === 0) continue;
      this.#apply(reader, { kind: 'refetch', fromOffset: reader.position });
      hasGivenUp = true;
    }
    return hasGivenUp;
  }

  #brokerFor(brokerId: number): FetchBroker | undefined {
    const known = this.#brokers.get(brokerId);
    if (known !== undefined) return known;
    const { settings, metadata } = this.#options;
    const info = metadata.snapshot.brokers.get(brokerId);
    if (info === undefined) return undefined;
    const broker = new FetchBroker(
      { brokerId, endpoint: info.endpoint },
      { settings, limits: this.#options },
      {
        onOutcome: (reader, outcome) => this.#outcome(reader, outcome),
        onIdle: () => this.pumpSoon(),
        onDown: (error) => {
          for (const reader of this.#readers) if (reader.leaderId === brokerId) reader.state.error ??= error;
          metadata.requestRefresh();
        },
      },
    );
    this.#brokers.set(brokerId, broker);
    return broker;
  }

  #outcome(reader: PartitionReader, outcome: FetchOutcome): void {
    if (this.#isClosed || !this.#readers.has(reader)) return;
    switch (outcome.kind) {
      case 'located':
        this.#apply(reader, outcome);
        this.#handlers.onLocated(reader);
        return;
      case 'refused':
        this.#apply(reader, { ...outcome, kind: 'refused', nowMs: this.#nowMs() });
        return;
      case 'unanswered':
        this.#apply(reader, { ...outcome, kind: 'unanswered' });
        return;
      case 'fetched':
        this.#fetched(reader, outcome);
    }
  }

  #fetched(reader: PartitionReader, outcome: Extract<FetchOutcome, { kind: 'fetched' }>): void {
    const { records, highWatermark, fetchOffset } = outcome;
    if (outcome.generation !== reader.state.generation) return;
    reader.highWatermark = highWatermark;
    reader.wantedSinceMs = undefined;
    reader.isStallReported = false;
    let nextOffset: number | undefined;
    try {
      nextOffset = PartitionReader.endOfBatches(records);
    } catch (thrown) {
      this.#apply(reader, { kind: 'unreadable', error: thrown as TidelogError });
      return;
    }
    // A leader that answers with batches below the asked offset only has nothing new.
    if (nextOffset !== undefined && nextOffset <= fetchOffset) nextOffset = undefined;
    const effects = this.#apply(reader, { kind: 'fetched', generation: outcome.generation, nextOffset });
    if (!effects.some(({ kind }) => kind === 'keep')) return;
    reader.keep({ bytes: records, highWatermark, bytePosition: 0, nextOffset: fetchOffset });
    this.#handlers.onReadable(reader);
  }

  #apply(reader: PartitionReader, event: FetchEvent): ReturnType<typeof step> {
    const effects = step(reader.state, event, this.#options);
    for (const effect of effects) {
      if (effect.kind === 'discard') reader.discard();
      if (effect.kind === 'drop') reader.drop();
      if (effect.kind === 'refresh-metadata') this.#options.metadata.requestRefresh();
      if (effect.kind === 'wait') this.#wait(reader);
      if (effect.kind === 'fail') this.#handlers.onFailed(reader, effect.error);
      if (effect.kind === 'reset') this.#handlers.onReset(reader, effect);
    }
    return effects;
  }

  #wait(reader: PartitionReader): void {
    const { random, retryBackoffMs, retryBackoffMaxMs } = this.#options.settings;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    reader.notBeforeMs = this.#nowMs() + backoffMs(reader.state.failures, limits, random);
    this.#retryAt(reader.notBeforeMs);
  }

  /** One timer for all who wait: the earliest. */
  #retryAt(atMs: number): void {
    if (atMs >= this.#retryAtMs && this.#retryTimer !== undefined) return;
    this.#retryTimer?.cancel();
    this.#retryAtMs = atMs;
    this.#retryTimer = this.#options.settings.clock.setTimer(Math.max(0, atMs - this.#nowMs()), () => {
      this.#retryTimer = undefined;
      this.#retryAtMs = Infinity;
      this.pumpSoon();
    });
  }

  #metadataChanged(): void {
    const { brokers, topics } = this.#options.metadata.snapshot;
    for (const [brokerId, broker] of this.#brokers) {
      const info = brokers.get(brokerId);
      if (info !== undefined) {
        broker.moveTo(info.endpoint);
        continue;
      }
      broker.close();
      this.#brokers.delete(brokerId);
    }
    for (const reader of this.#readers) {
      const topic = topics.get(reader.topic);
      const info = topic?.partitions[reader.partition];
      if (topic === undefined || info === undefined) continue;
      if (topic.topicId !== reader.topicId) {
        if (reader.isBoundToTopicId) continue;
        reader.moveToLog(topic.topicId);
        this.#apply(reader, { kind: 'log-replaced' });
      }
      reader.leaderId = info.leaderId;
      reader.leaderEpoch = info.leaderEpoch;
    }
    this.pumpSoon();
  }

  #nowMs(): number {
    return this.#options.settings.clock.monotonicMs();
  }
}

/** A reader without anything to deliver waits for room. */
function isAnyStarved(wanted: Iterable<readonly PartitionReader[]>): boolean {
  for (const readers of wanted) {
    if (readers.some(({ bufferedBytes, state }) => bufferedBytes === 0 && state.phase === 'fetching'))
      return true;
  }
  return false;
}
