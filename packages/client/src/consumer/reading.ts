/**
 * Everything that a consumer reads with, put together: which partitions (`subscription`, or the `group`), what was
 * fetched of them (`fetcher`), and who hands it out (`source`).
 *
 * States: idle → started (by the first loop, `connect` or `assign`) → closed. A start that failed may be tried again.
 */
import { TidelogError } from '@tidelog/record/errors';
import { untilAborted } from '../abortable.ts';
import type { ClientSettings } from '../client-options.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import { BatchSource } from './batch-source.ts';
import type { EmitConsumerEvent } from './consumer-events.ts';
import type { ConsumerSettings } from './consumer-options.ts';
import { Fetcher } from './fetcher.ts';
import { ConsumerGroup } from './group/consumer-group.ts';
import type { PartitionReader } from './partition-reader.ts';
import { HandlerWatch } from './processing/handler-watch.ts';
import { StallWatchdog } from './stall-watchdog.ts';
import type { Target } from './start-position.ts';
import { Subscription, type PartitionAssignment, type TopicPartition } from './subscription.ts';

/** Partitions of one topic; all that are read when `partitions` is left out. */
export interface TopicPartitions {
  readonly topic: string;
  readonly partitions?: readonly number[];
}

/** Whose partitions these are, and what they are read with. */
export interface ReadingOptions<K, V> {
  readonly client: ClientSettings;
  readonly metadata: ClusterMetadata;
  readonly settings: ConsumerSettings<K, V>;
}

export class Reading<K, V> {
  readonly source: BatchSource<K, V>;
  /** Undefined without a group id. */
  readonly group: ConsumerGroup | undefined;
  /** The program's calls that are under way. */
  readonly watch: HandlerWatch;
  readonly #options: ReadingOptions<K, V>;
  readonly #emit: EmitConsumerEvent;
  readonly #subscription: Subscription;
  readonly #fetcher: Fetcher;
  readonly #watchdog: StallWatchdog;
  readonly #closed: AbortController = new AbortController();
  #starting: Promise<void> | undefined;
  #locatedWaiters: (() => void)[] = [];

  constructor(options: ReadingOptions<K, V>, emit: EmitConsumerEvent) {
    const { client, metadata, settings } = options;
    const { key, value, checkCrcs, maxDecompressedBytes, startFrom } = settings;
    this.#options = options;
    this.#emit = emit;
    this.watch = new HandlerWatch(client.clock);
    this.source = new BatchSource<K, V>(
      { decoders: { key, value }, checkCrcs, maxDecompressedBytes },
      {
        onFreed: () => this.#fetcher.pumpSoon(),
        onTakenBack: (reader, fromOffset) => this.#fetcher.apply(reader, { kind: 'refetch', fromOffset }),
        onUnreadable: (reader, error) => this.#fetcher.apply(reader, { kind: 'unreadable', error }),
      },
    );
    this.#subscription = new Subscription(metadata, startFrom, {
      onAdded: (readers, isLater) => this.#added(readers, isLater),
      onRemoved: (readers) => {
        for (const reader of readers) this.#fetcher.remove(reader);
        for (const reader of readers) this.source.forget(reader);
        this.#wakeLocated();
      },
    });
    this.group = this.#newGroup();
    this.#fetcher = this.#newFetcher();
    this.#watchdog = new StallWatchdog({
      clock: client.clock,
      stallTimeoutMs: settings.stallTimeoutMs,
      handlerStallTimeoutMs: settings.handlerStallTimeoutMs,
      readers: () => this.#fetcher.readers,
      watch: this.watch,
      onStall: (stall) => emit('stalled', stall),
      onHandlerStall: (stall) => emit('handlerStalled', stall),
    });
  }

  /** Every partition that is read. */
  readers(): PartitionReader[] {
    return this.#subscription.readers();
  }

  /** The reader of a partition. Throws INVALID_ARGUMENT for one that is not read; `what` wanted to know. */
  require({ topic, partition }: TopicPartition, what: string): PartitionReader {
    const reader = this.#subscription.reader({ topic, partition });
    if (reader !== undefined) return reader;
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `${what}: this consumer does not read topic ${JSON.stringify(topic)} partition ${String(partition)}; assignment() lists what it reads`,
      { topic, partition },
    );
  }

  /** The readers that a selection names. Throws as `require`. */
  select(selection: readonly TopicPartitions[], what: string): PartitionReader[] {
    return selection.flatMap(({ topic, partitions }) =>
      partitions === undefined
        ? this.readers().filter((reader) => reader.topic === topic)
        : partitions.map((partition) => this.require({ topic, partition }, what)),
    );
  }

  /** Knows its partitions, or has joined its group. Rejects with why it cannot. */
  start(): Promise<void> {
    if (this.#starting !== undefined) return this.#starting;
    const { topics } = this.#options.settings;
    const { signal } = this.#closed;
    const member = this.group?.member;
    if (topics === undefined && member === undefined) {
      return Promise.reject(
        new TidelogError(
          'INVALID_ARGUMENT',
          'the consumer has nothing to read: give it the option topics, or await consumer.assign() first',
        ),
      );
    }
    const starting = member?.start(signal) ?? this.#subscription.readTopics(topics ?? [], signal);
    this.#starting = starting.then(
      () => this.#watchdog.start(),
      (thrown: unknown) => {
        this.#starting = undefined;
        throw thrown;
      },
    );
    return this.#starting;
  }

  /** As `start`; then has taken up what its group gave it, and knows where each partition starts. */
  async connect(): Promise<void> {
    await this.start();
    await this.group?.member?.whenSettled();
    await this.locate();
  }

  /** As `start`; then knows where each partition starts that is read by now. */
  async locate(): Promise<void> {
    await this.start();
    const isLocating = (): boolean => this.readers().some(({ state }) => state.phase === 'locating');
    while (isLocating() && !this.#closed.signal.aborted) {
      await new Promise<void>((resolve) => this.#locatedWaiters.push(resolve));
    }
    for (const { state } of this.readers()) {
      if (state.phase === 'failed' && state.error !== undefined) throw state.error;
    }
  }

  /** Reads exactly these; where no offset is given from where the group is, or from `startFrom`. */
  async assign(assignments: readonly PartitionAssignment[]): Promise<void> {
    const { signal } = this.#closed;
    const places = await this.group?.placesFor(assignments, signal);
    // Of what is left out from now on.
    void this.group?.offsets.autoCommit(this.readers());
    await this.#subscription.readPartitions(places?.assignments ?? assignments, signal);
    places?.started();
    this.#starting = Promise.resolve();
    this.#watchdog.start();
  }

  /** Reads these topics too. Resolves when it is known where: nothing that is written from then on is missed. */
  async readAlso(topics: readonly string[], signal: AbortSignal): Promise<void> {
    const member = this.group?.member;
    if (this.#options.settings.topics === undefined && member === undefined) {
      throw new TidelogError(
        'INVALID_ARGUMENT',
        'run: retryTopic needs a consumer with the option topics, because its partitions are read too',
      );
    }
    const reading =
      member === undefined
        ? this.#subscription.readTopicsToo(topics, this.#closed.signal)
        : member.subscribeAlso(topics, this.#closed.signal);
    await untilAborted(
      reading.then(() => this.connect()),
      'run',
      signal,
    );
  }

  /** Goes on elsewhere. */
  seek(reader: PartitionReader, target: Target): void {
    this.#fetcher.apply(reader, { kind: 'seek', target });
    this.source.forget(reader);
    // Whoever goes on from here is done with what lies before; any other place is known once it was looked up.
    reader.processedFrom(typeof target === 'number' ? target : -1);
  }

  pause(reader: PartitionReader): void {
    reader.isPaused = true;
    this.source.suspended(reader);
  }

  resume(reader: PartitionReader): void {
    reader.isPaused = false;
    this.#handOut(reader);
  }

  /** Aborts when nothing more is handed out. */
  get stopped(): AbortSignal {
    return this.#closed.signal;
  }

  /** Nothing more is handed out: every loop ends. */
  stop(): void {
    this.#closed.abort();
    this.source.close();
    this.#watchdog.close();
    this.#wakeLocated();
  }

  /** After `stop`: nothing more is fetched. */
  close(): void {
    this.#subscription.close();
    this.#fetcher.close();
  }

  #newFetcher(): Fetcher {
    const { client, metadata, settings } = this.#options;
    // A group takes away what is gone: its topics may be unknown for as long as that takes.
    const metadataTimeoutMs = this.group?.member === undefined ? client.metadataTimeoutMs : Infinity;
    return new Fetcher(
      { ...settings, settings: client, metadata, metadataTimeoutMs },
      {
        onReadable: (reader) => this.source.readable(reader),
        onLocated: (reader) => this.#located(reader),
        onFailed: (reader, error) => {
          this.source.failed(reader, error);
          this.#wakeLocated();
        },
        onReset: ({ topic, partition }, { fromOffset, to }) =>
          this.#emit('offsetReset', { topic, partition, fromOffset, to }),
      },
    );
  }

  #located(reader: PartitionReader): void {
    if (this.group !== undefined) {
      // The log has lost its end: what was handed out of it is not there any more, other records will be.
      if (reader.processedOffset > reader.state.fetchOffset) {
        reader.discard();
        reader.processedFrom(-1);
        this.source.forget(reader);
      }
      this.group.offsets.startedNowhere(reader);
    }
    this.#wakeLocated();
  }

  #newGroup(): ConsumerGroup | undefined {
    return ConsumerGroup.of(
      { ...this.#options, subscription: this.#subscription, watch: this.watch },
      {
        handOut: (reader) => this.#handOut(reader),
        suspend: (reader) => this.source.suspended(reader),
        onFailed: (thrown) => this.source.fail(thrown),
        emit: this.#emit,
      },
    );
  }

  #handOut(reader: PartitionReader): void {
    this.source.readable(reader);
    this.#fetcher.pumpSoon();
  }

  #added(readers: readonly PartitionReader[], isLater: boolean): void {
    for (const reader of readers) {
      if (reader.processedOffset < 0) reader.processedOffset = reader.state.fetchOffset;
      this.#fetcher.add(reader);
    }
    if (!isLater) return;
    const partitions = readers.map(({ topic, partition }) => ({ topic, partition }));
    this.#emit('partitionsAdded', partitions);
  }

  #wakeLocated(): void {
    const waiters = this.#locatedWaiters;
    this.#locatedWaiters = [];
    for (const wake of waiters) wake();
  }
}
