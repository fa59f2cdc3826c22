/**
 * One partition that a consumer reads: what was fetched and not delivered, and how far the program is.
 *
 *   delivered and processed | delivered | fetched (chunks) | to be fetched
 *                           ^ processedOffset   ^ position          ^ state.fetchOffset
 *
 * Invariants: at most one batch of a partition is being handed out at a time (`isLeased`); records of earlier ones
 * may still be with the program (`heldBytes`, `whenIdle`). What was handed out before `place` rose counts no more.
 */
import { topicIdToBytes, type TopicId } from '@tidelog/protocol';
import { BATCH_LOG_OVERHEAD_BYTES, batchSizeBytesAt, lastOffsetAt } from '@tidelog/record';
import type { PartitionInfo } from '../metadata-state.ts';
import { newFetchState, type FetchState } from './fetch-state.ts';
import type { Target } from './start-position.ts';

/** Whole batches of one answer. */
export interface FetchedChunk {
  readonly bytes: Buffer;
  readonly highWatermark: number;
  /** Where the next batch starts in `bytes`. */
  bytePosition: number;
  /** The next offset to deliver. */
  nextOffset: number;
}

/** Everything below `offset` is processed. */
export interface ProcessedPlace {
  readonly offset: number;
  /** Of the record before it; −1: unknown. */
  readonly leaderEpoch: number;
}

/** Whose partition it is, when a group has given it to this consumer. */
export interface PartitionTenure {
  /** False once the partition is lost; what was begun counts no more. May find out by looking at the clock. */
  isCurrent(): boolean;
}

export class PartitionReader {
  readonly topic: string;
  readonly partition: number;
  readonly state: FetchState;
  topicId: TopicId;
  topicIdBytes: Buffer;
  leaderId: number;
  leaderEpoch: number;
  /** The program paused it. */
  isPaused = false;
  /** Its next record is for later: whoever set it clears it and tells the batch source. */
  isDeferred = false;
  /** It is being given up: nothing more is handed out, but what the program is at may end and counts. */
  isStopping = false;
  /** It was given to this consumer, and the program has not been told yet. */
  isAnnounced = true;
  /** A batch is being handed out. */
  isLeased = false;
  /** Bytes of batches that were handed out whole and of which records are still with the program. */
  heldBytes = 0;
  /** Rises when reading goes on elsewhere, or ends: by a seek, another log, removal, the end of the consumer. */
  place = 0;
  /** The request that will answer for this partition; undefined: none is on its way. */
  request: object | undefined;
  chunks: FetchedChunk[] = [];
  bufferedBytes = 0;
  /** The next offset that the program has not finished with; −1 before it is known where reading starts. */
  processedOffset = -1;
  /** The leader epoch of the record before it; −1: unknown. */
  processedLeaderEpoch = -1;
  /** A place that the program has committed by itself, or is about to; it holds until more is processed. */
  claim: ProcessedPlace | undefined;
  /** From the last answer; −1 before the first. */
  highWatermark = -1;
  /** Retries wait until then, on the monotonic clock. */
  notBeforeMs = 0;
  /** Since when an answer has been wanted and did not come, on the monotonic clock; undefined: nothing is wanted. */
  wantedSinceMs: number | undefined;
  isStallReported = false;
  /** The last offsets that hold no record (markers, compacted batches). */
  #empty: { readonly fromOffset: number; readonly toOffset: number } | undefined;
  /** Batches and calls of the program that are at work with this partition. */
  #workCount = 0;
  #idleWaiters: (() => void)[] = [];
  readonly #gone = new AbortController();
  readonly #tenure: PartitionTenure | undefined;

  constructor(place: {
    readonly topic: string;
    readonly topicId: TopicId;
    readonly info: PartitionInfo;
    readonly target: Target;
    readonly tenure?: PartitionTenure | undefined;
  }) {
    this.topic = place.topic;
    this.topicId = place.topicId;
    this.topicIdBytes = topicIdToBytes(place.topicId);
    this.partition = place.info.partition;
    this.leaderId = place.info.leaderId;
    this.leaderEpoch = place.info.leaderEpoch;
    this.state = newFetchState(place.target);
    this.#tenure = place.tenure;
  }

  /** A topic that is created again is another topic to a group, and the same one to everybody else. */
  get isBoundToTopicId(): boolean {
    return this.#tenure !== undefined;
  }

  /** False once the group has given the partition to somebody else, or may have. */
  get isOurs(): boolean {
    return this.#tenure?.isCurrent() ?? true;
  }

  /** Nothing is handed out at the moment. */
  get isSuspended(): boolean {
    return this.isPaused || this.isDeferred || this.isStopping || !this.isAnnounced;
  }

  /** Aborts when the partition is taken away (`abandon`), at the latest when it is not read any more. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** How far the program is, by what it was handed out and what it said; offset −1: not known. */
  get processed(): ProcessedPlace {
    const { claim, processedOffset: offset, processedLeaderEpoch: leaderEpoch } = this;
    if (claim !== undefined && claim.offset > offset) return claim;
    return { offset: offset === this.#empty?.fromOffset ? this.#empty.toOffset : offset, leaderEpoch };
  }

  /** What was fetched holds no record for the program between two offsets: who is done up to here is done with it. */
  skipped(fromOffset: number, toOffset: number): void {
    const isMore = this.#empty?.toOffset === fromOffset;
    this.#empty = { fromOffset: isMore ? (this.#empty?.fromOffset ?? fromOffset) : fromOffset, toOffset };
  }

  /** The next offset to deliver; −1 while it is not known. */
  get position(): number {
    return this.chunks[0]?.nextOffset ?? this.state.fetchOffset;
  }

  /**
   * The offset after the whole batches in `bytes`, or undefined when there is none.
   * Throws CORRUPT_MESSAGE for impossible sizes or offsets.
   */
  static endOfBatches(bytes: Buffer): number | undefined {
    let nextOffset: number | undefined;
    for (let position = 0; bytes.length - position >= BATCH_LOG_OVERHEAD_BYTES;) {
      const sizeBytes = batchSizeBytesAt(bytes, position);
      if (sizeBytes > bytes.length - position) break;
      nextOffset = lastOffsetAt(bytes, position) + 1;
      position += sizeBytes;
    }
    return nextOffset;
  }

  /** The topic was created again: its partitions are other logs. */
  moveToLog(topicId: TopicId): void {
    this.topicId = topicId;
    this.topicIdBytes = topicIdToBytes(topicId);
    this.processedFrom(-1);
  }

  /** Nothing that was processed so far says anything about what follows: it begins at `offset`; −1: not known yet. */
  processedFrom(offset: number, leaderEpoch = -1): void {
    this.processedOffset = offset;
    this.processedLeaderEpoch = leaderEpoch;
    this.claim = undefined;
  }

  keep(chunk: FetchedChunk): void {
    this.chunks.push(chunk);
    this.bufferedBytes += chunk.bytes.length;
  }

  /** The chunk at the front is used up. */
  dropChunk(): void {
    const chunk = this.chunks.shift();
    if (chunk !== undefined) this.bufferedBytes -= chunk.bytes.length;
  }

  /** The program begins work with what it was given; `workEnded` follows. */
  workBegan(): void {
    this.#workCount += 1;
  }

  workEnded(): void {
    this.#workCount -= 1;
    if (this.#workCount > 0) return;
    const waiters = this.#idleWaiters;
    this.#idleWaiters = [];
    for (const wake of waiters) wake();
  }

  /** Resolves when the program is at work with nothing of this partition; at once when it is not now. */
  whenIdle(): Promise<void> {
    if (this.#workCount === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Tells whoever works with the partition that it is taken away, or lost. Nothing more of it is handed out. */
  abandon(): void {
    this.isStopping = true;
    this.#gone.abort();
  }

  /** Reading goes on elsewhere, or ends: what was fetched is not wanted, what was handed out counts no more. */
  discard(): void {
    this.place += 1;
    this.#empty = undefined;
    this.drop();
  }

  /** Forgets what was fetched and not handed out; it will be fetched again. */
  drop(): void {
    this.chunks = [];
    this.bufferedBytes = 0;
    this.request = undefined;
    this.notBeforeMs = 0;
    this.wantedSinceMs = undefined;
  }
}
