/**
 * Takes up and gives up partitions as the group says, in step with the program.
 *
 *   taken up: what it is called → where the group is in it → `onAssigned` → its records are handed out
 *   given up: nothing more is handed out, its signal aborts → the handler under way ends → what was processed is
 *             committed → `onRevoked` → it is not read any more, and only then the coordinator hears of it
 *   lost:     it is not read any more, at once → `onRevoked` with `isLost`
 *
 * Invariants: the program's callbacks run one after the other, and `onRevoked` only for what `onAssigned` was called
 * with; partitions that are neither taken up nor given up are not touched; a partition that comes back is handed out
 * only when the work with its former records has ended.
 */
import { delay } from '../../abortable.ts';
import { backoffMs } from '../../backoff-policy.ts';
import type { ClientSettings } from '../../client-options.ts';
import type { PartitionReader } from '../partition-reader.ts';
import type { HandlerWatch, WatchedFunction } from '../processing/handler-watch.ts';
import type { AssignedPlace, TopicPartition } from '../subscription.ts';
import type { CommittedPlace } from './committed-offsets.ts';
import type { GroupTopics, ResolvedPartition } from './group-topics.ts';
import { partitionKey, type PartitionKey } from './partition-key.ts';

/** Called with partitions that were given to the consumer, before their first record is handed out. */
export type OnAssigned = (
  partitions: readonly TopicPartition[],
  context: { readonly signal: AbortSignal },
) => Promise<void> | void;

/**
 * Called with partitions before they are given up (`isLost` false: commits still work), or after they were lost
 * (`isLost` true: others may be reading them).
 */
export type OnRevoked = (
  partitions: readonly TopicPartition[],
  context: { readonly signal: AbortSignal; readonly isLost: boolean },
) => Promise<void> | void;

/** What the handover needs of the membership. */
export interface Ownership {
  readonly heartbeatIntervalMs: number;
  isCurrent(tenure: number): boolean;
  keeps(key: PartitionKey, tenure: number): boolean;
  revoked(keys: readonly PartitionKey[], tenure: number): void;
}

export interface HandoverOptions {
  readonly settings: ClientSettings;
  readonly ownership: Ownership;
  readonly topics: GroupTopics;
  readonly rebalanceTimeoutMs: number;
  /** Notices callbacks that do not come back: until they do, nothing is taken up or given up. */
  readonly watch: HandlerWatch;
  readonly onAssigned: OnAssigned | undefined;
  readonly onRevoked: OnRevoked | undefined;
}

export interface HandoverHandlers {
  /** Where the group is in these partitions. */
  fetchPlaces(
    keys: readonly PartitionKey[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<PartitionKey, CommittedPlace>>;
  /** Starts to read; nothing is handed out yet. `committed` is where the group is, unless it is nowhere. */
  add(place: AssignedPlace, committed: CommittedPlace | undefined): PartitionReader;
  /** Records of the reader may be handed out from now on. */
  handOut(reader: PartitionReader): void;
  /** Nothing more of the reader is to be handed out. */
  suspend(reader: PartitionReader): void;
  remove(readers: readonly PartitionReader[]): void;
  /** Resolves when what was processed of these is committed, or cannot be. */
  commitProcessed(readers: readonly PartitionReader[]): Promise<void>;
  /** Resolves when no commit of these is waiting or on its way. */
  whenCommitted(readers: readonly PartitionReader[]): Promise<void>;
  /** The program was told. */
  onTold(kind: 'assigned' | 'revoked' | 'lost', partitions: readonly TopicPartition[]): void;
  /** A callback threw, or it cannot be found out where to start. */
  onFailed(thrown: unknown): void;
}

/** What is left of the rebalance time-out for commits, `onRevoked` and the way to the coordinator, in heartbeats. */
const HEARTBEATS_TO_SPARE = 2;

export class PartitionHandover {
  readonly #options: HandoverOptions;
  readonly #handlers: HandoverHandlers;
  readonly #readers = new Map<PartitionKey, PartitionReader>();
  /** The program was told that it has these. */
  readonly #told = new Set<PartitionReader>();
  /** Work with records of former readers that has not ended. */
  readonly #formerWork = new Map<PartitionKey, Promise<unknown>>();
  #tenureEnd = new AbortController();
  /** What is being looked up, and how to end that. */
  #lookup: { readonly keys: ReadonlySet<PartitionKey>; readonly end: AbortController } | undefined;
  #jobs: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();

  constructor(options: HandoverOptions, handlers: HandoverHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  /** Everything that was begun before the call has been carried through then. */
  whenSettled(): Promise<void> {
    return this.#jobs;
  }

  takeUp(keys: readonly PartitionKey[], tenure: number, tries = 1): void {
    this.#enqueue(() => this.#takeUp(keys, tenure, tries));
  }

  giveUp(keys: readonly PartitionKey[], tenure: number): void {
    for (const key of keys) {
      const reader = this.#readers.get(key);
      if (reader !== undefined) this.#stop(reader);
    }
    if (keys.some((key) => this.#lookup?.keys.has(key))) this.#lookup?.end.abort();
    this.#enqueue(() => this.#giveUp(keys, tenure));
  }

  /** These belong to somebody else. */
  drop(keys: readonly PartitionKey[]): void {
    const readers = this.#readersOf(keys);
    this.#tenureEnd.abort();
    this.#tenureEnd = new AbortController();
    this.#remove(readers);
    this.#enqueue(() => this.#tellLost(readers));
  }

  /** The consumer closes and has waited for its handlers: they are not waited for any more. */
  closing(): void {
    this.#closing.abort();
  }

  #enqueue(job: () => Promise<void>): void {
    this.#jobs = this.#jobs.then(job).catch((thrown: unknown) => this.#handlers.onFailed(thrown));
  }

  async #takeUp(keys: readonly PartitionKey[], tenure: number, tries: number): Promise<void> {
    const { ownership } = this.#options;
    const keep = (list: readonly PartitionKey[]): PartitionKey[] =>
      list.filter((key) => ownership.keeps(key, tenure) && !this.#readers.has(key));
    for (let open = keep(keys); open.length > 0; open = keep(open)) {
      const found = await this.#lookUp(open, tenure);
      // What is being given up meanwhile ended the look-up: the others are looked up again.
      if (found === undefined) continue;
      const kept = new Set(keep(open));
      await this.#announce(
        found.filter(({ resolved }) => kept.has(resolved.key)),
        tenure,
      );
      this.#takeUpLater(keep(open), tenure, tries);
      return;
    }
  }

  /** Topics that the cluster does not know now: made a moment ago, or deleted, which the coordinator will say. */
  #takeUpLater(keys: readonly PartitionKey[], tenure: number, tries: number): void {
    if (keys.length === 0) return;
    const { clock, random, retryBackoffMs, retryBackoffMaxMs } = this.#options.settings;
    const waitMs = backoffMs(tries, { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs }, random);
    delay(clock, waitMs, this.#tenureEnd.signal).then(
      () => this.takeUp(keys, tenure, tries + 1),
      () => undefined,
    );
  }

  async #lookUp(
    keys: readonly PartitionKey[],
    tenure: number,
  ): Promise<{ readonly resolved: ResolvedPartition; readonly place: CommittedPlace }[] | undefined> {
    const { ownership, topics } = this.#options;
    const end = new AbortController();
    this.#lookup = { keys: new Set(keys), end };
    const signal = AbortSignal.any([end.signal, this.#tenureEnd.signal]);
    try {
      const resolved = await topics.resolve(keys);
      const places = await this.#handlers.fetchPlaces(
        resolved.map(({ key }) => key),
        signal,
      );
      return resolved.flatMap((partition) => {
        const place = places.get(partition.key);
        return place === undefined ? [] : [{ resolved: partition, place }];
      });
    } catch (thrown) {
      if (signal.aborted || !ownership.isCurrent(tenure)) return undefined;
      throw thrown;
    } finally {
      this.#lookup = undefined;
    }
  }

  async #announce(
    found: readonly { readonly resolved: ResolvedPartition; readonly place: CommittedPlace }[],
    tenure: number,
  ): Promise<void> {
    if (found.length === 0) return;
    const { ownership, topics, onAssigned } = this.#options;
    const readers = found.map(({ resolved, place }) => {
      const { key, info, partition } = resolved;
      const committed = place.offset >= 0 ? place : undefined;
      const target = committed?.offset ?? topics.startOf(resolved);
      const isCurrent = (): boolean => ownership.isCurrent(tenure);
      const reader = this.#handlers.add({ info, partition, target, tenure: { isCurrent } }, committed);
      this.#readers.set(key, reader);
      this.#told.add(reader);
      return reader;
    });
    const partitions = readers.map(placeOf);
    const { signal } = this.#tenureEnd;
    await this.#watched('onAssigned', partitions, () => onAssigned?.(partitions, { signal }));
    for (const [index, reader] of readers.entries()) {
      const { key } = (found[index] as (typeof found)[number]).resolved;
      void Promise.resolve(this.#formerWork.get(key)).then(() => {
        if (this.#readers.get(key) === reader) this.#handlers.handOut(reader);
      });
    }
    this.#handlers.onTold('assigned', partitions);
  }

  #stop(reader: PartitionReader): void {
    reader.isStopping = true;
    reader.abandon();
    this.#handlers.suspend(reader);
  }

  async #giveUp(keys: readonly PartitionKey[], tenure: number): Promise<void> {
    const { ownership } = this.#options;
    const readers = this.#readersOf(keys);
    for (const reader of readers) this.#stop(reader);
    await this.#untilIdle(readers);
    if (!ownership.isCurrent(tenure)) return;
    await this.#handlers.commitProcessed(readers);
    if (!ownership.isCurrent(tenure)) return;
    const told = readers.filter((reader) => this.#told.delete(reader));
    await this.#tell(told, false);
    await this.#handlers.whenCommitted(readers);
    if (!ownership.isCurrent(tenure)) return;
    this.#remove(readers);
    if (told.length > 0) this.#handlers.onTold('revoked', told.map(placeOf));
    ownership.revoked(keys, tenure);
  }

  async #tellLost(readers: readonly PartitionReader[]): Promise<void> {
    const told = readers.filter((reader) => this.#told.delete(reader));
    await this.#tell(told, true);
    if (told.length > 0) this.#handlers.onTold('lost', told.map(placeOf));
  }

  /** What a callback throws ends the loops; the partitions go on their way. */
  async #tell(readers: readonly PartitionReader[], isLost: boolean): Promise<void> {
    if (readers.length === 0) return;
    const { onRevoked } = this.#options;
    const { signal } = this.#tenureEnd;
    const partitions = readers.map(placeOf);
    try {
      await this.#watched('onRevoked', partitions, () => onRevoked?.(partitions, { signal, isLost }));
    } catch (thrown) {
      this.#handlers.onFailed(thrown);
    }
  }

  async #watched(
    name: WatchedFunction,
    [first]: readonly TopicPartition[],
    callback: () => Promise<void> | void,
  ): Promise<void> {
    const { watch } = this.#options;
    const call = watch.began(name, { topic: '', partition: -1, ...first, offset: -1 });
    try {
      await callback();
    } finally {
      watch.ended(call);
    }
  }

  /** Waits for the handlers under way, as long as the group does; longer would lose everything. */
  async #untilIdle(readers: readonly PartitionReader[]): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const { settings, rebalanceTimeoutMs, ownership } = this.#options;
    const idle = Promise.all(readers.map((reader) => reader.whenIdle()));
    const spareMs = Math.min(rebalanceTimeoutMs / 2, HEARTBEATS_TO_SPARE * ownership.heartbeatIntervalMs);
    const isIdle = new AbortController();
    const end = AbortSignal.any([isIdle.signal, this.#tenureEnd.signal, this.#closing.signal]);
    const giveUp = delay(settings.clock, rebalanceTimeoutMs - spareMs, end).catch(() => undefined);
    await Promise.race([idle, giveUp]);
    isIdle.abort();
  }

  #readersOf(keys: readonly PartitionKey[]): PartitionReader[] {
    return keys.flatMap((key) => this.#readers.get(key) ?? []);
  }

  #remove(readers: readonly PartitionReader[]): void {
    for (const reader of readers) {
      const key = partitionKey(reader.topicId, reader.partition);
      this.#readers.delete(key);
      const work = Promise.all([this.#formerWork.get(key), reader.whenIdle()]).then(() => {
        if (this.#formerWork.get(key) === work) this.#formerWork.delete(key);
      });
      this.#formerWork.set(key, work);
    }
    this.#handlers.remove(readers);
  }
}

function placeOf({ topic, partition }: PartitionReader): TopicPartition {
  return { topic, partition };
}
