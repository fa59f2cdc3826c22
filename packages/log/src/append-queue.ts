/**
 * The way of a batch into the active segment. Appends wait for the end of the turn; then all of them are decided
 * together (append-plan.ts), patched, and written with one gathered write; then the state is updated and each is
 * answered.
 *
 * States: idle → scheduled (the end of the turn is awaited) → idle; or → blocked, while a descriptor is opened, a
 * segment is rolled, a failed write is repaired, the keys of a compressed batch are looked at or somebody works
 * `exclusive`ly, and the queue keeps its order.
 *
 * Invariants: offsets, producer state, indexes and epochs change only after the write succeeded, in the same turn.
 * A failed write leaves the file cut back to its last whole batch, or the log offline. What a crash leaves in the
 * file behind the last whole batch is cut off by the recovery.
 */
import { patchBaseOffset, patchPartitionLeaderEpoch } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import { planAppend, type AppendDecision, type AppendPlan } from './append-plan.ts';
import { readAppendRequest, type AppendRequest } from './append-request.ts';
import type { DurabilityTracker } from './durability-tracker.ts';
import type { LogContents } from './log-contents.ts';
import type { ReadPositions } from './read-positions.ts';
import type { Segment } from './segment.ts';
import { lacksDescriptors, storageError } from './storage-error.ts';

/** The answer to an append. */
export interface AppendResult {
  /** Offset of the first record. */
  readonly baseOffset: number;
  /** Offset of the last record, inclusive. */
  readonly lastOffset: number;
  /** The time that the log set, in milliseconds since the Unix epoch; −1 when the producer's time was kept. */
  readonly logAppendTimeMs: number;
  readonly logStartOffset: number;
  /** The batch was appended before, at these offsets, and was not appended again. */
  readonly isDuplicate: boolean;
  /**
   * Resolves when the batch is durable as the log's mode promises; rejects with STORAGE_FAILED when it never will
   * be. Need not be awaited.
   */
  readonly durable: Promise<void>;
}

interface QueuedAppend extends Omit<AppendRequest, 'keysChecked'> {
  readonly leaderEpoch: number;
  /** Set while the keys of its records are looked at. */
  keysChecked: Promise<void> | undefined;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: TidelogError) => void;
}

export interface AppendQueueParts {
  readonly contents: LogContents;
  readonly tracker: DurabilityTracker;
  readonly positions: ReadPositions;
  /** Begins a new active segment at the log end offset. */
  readonly roll: () => Promise<void>;
  /** Called after each write with its size. */
  readonly onWritten: (sizeBytes: number) => void;
}

export class AppendQueue {
  readonly #contents: LogContents;
  readonly #parts: AppendQueueParts;
  #queue: QueuedAppend[] = [];
  #isScheduled = false;
  /** Set while something asynchronous has to end first. */
  #blocked: Promise<void> | undefined;
  #closed: TidelogError | undefined;

  constructor(parts: AppendQueueParts) {
    this.#contents = parts.contents;
    this.#parts = parts;
  }

  append(bytes: Buffer, options: { readonly leaderEpoch: number }): Promise<AppendResult> {
    return new Promise<AppendResult>((resolve, reject) => {
      const refusal = this.#refusal();
      if (refusal !== undefined) throw refusal;
      const request = readAppendRequest(bytes, this.#contents.config, this.#contents.options.clock.nowMs());
      const queued = { ...request, leaderEpoch: options.leaderEpoch, resolve, reject };
      // Whoever drains the queue learns of a failure; until then nobody may be listening.
      queued.keysChecked?.catch(ignore);
      this.#queue.push(queued);
      this.#schedule();
    });
  }

  /** Runs `work` while no append is decided or written; those that come meanwhile wait. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    while (this.#blocked !== undefined) await this.#blocked;
    const result = work();
    this.#block(result.then(ignore, ignore));
    return result;
  }

  /** Writes what waits, then refuses appends with `error`. */
  async close(error: TidelogError): Promise<void> {
    this.#closed ??= error;
    while (this.#queue.length > 0 || this.#blocked !== undefined) {
      if (this.#blocked !== undefined) await this.#blocked;
      else this.#drain();
    }
  }

  #refusal(): TidelogError | undefined {
    if (this.#closed !== undefined) return this.#closed;
    if (this.#contents.offline !== undefined) return this.#contents.offline;
    const [damaged] = this.#contents.damaged;
    if (damaged !== undefined) return this.#contents.damageError(damaged);
    return this.#contents.options.appendRefusal?.();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#blocked !== undefined) return;
    this.#isScheduled = true;
    this.#contents.options.clock.defer(() => {
      this.#isScheduled = false;
      if (this.#blocked === undefined) this.#drain();
    });
  }

  #block(work: Promise<void>): void {
    const blocked = work.then(() => {
      if (this.#blocked !== blocked) return;
      this.#blocked = undefined;
      if (this.#queue.length > 0) this.#drain();
    });
    this.#blocked = blocked;
  }

  /** Writes as much of the queue as goes without waiting. */
  #drain(): void {
    while (this.#queue.length > 0 && this.#blocked === undefined) {
      const { offline, segments, config, options, producers } = this.#contents;
      if (offline !== undefined) {
        this.#rejectAll(offline);
        return;
      }
      const segment = segments.active;
      const isReady =
        segment.file.peek() !== undefined && (segment.isCreated || config.durability === 'page-cache');
      if (!isReady) {
        this.#block(this.#prepare(segment));
        return;
      }
      const uncheckedIndex = this.#queue.findIndex((queued) => queued.keysChecked !== undefined);
      if (uncheckedIndex === 0) {
        this.#block(this.#awaitKeys());
        return;
      }
      const requests = uncheckedIndex < 0 ? this.#queue : this.#queue.slice(0, uncheckedIndex);
      const plan = planAppend({
        requests,
        nextOffset: segment.nextOffset,
        producers,
        segment: activeSegment(segment),
        limits: config,
        nowMs: options.clock.nowMs(),
      });
      if (!segment.isCreated) segment.ensureCreated().catch(ignore);
      const decided =
        plan.mustRoll || uncheckedIndex > 0 ? this.#queue.splice(0, plan.decisions.length) : this.#takeAll();
      if (decided.length > 0) this.#carryOut(segment, decided, plan);
      if (plan.mustRoll && this.#blocked === undefined) this.#block(this.#roll());
    }
  }

  #takeAll(): QueuedAppend[] {
    const all = this.#queue;
    this.#queue = [];
    return all;
  }

  /** Waits for the keys of the first append; takes it out of the queue when they are not as they should be. */
  async #awaitKeys(): Promise<void> {
    const [first] = this.#queue;
    if (first === undefined) return;
    try {
      await first.keysChecked;
      first.keysChecked = undefined;
    } catch (error) {
      if (this.#queue[0] === first) this.#queue.shift();
      first.reject(TidelogError.from(error, 'CORRUPT_MESSAGE'));
    }
  }

  /** Opens the active segment's descriptor, and makes a new segment's name durable before its first commit. */
  async #prepare(segment: Segment): Promise<void> {
    try {
      if (this.#contents.config.durability === 'fsync') await segment.ensureCreated();
    } catch (error) {
      const during = `syncing the new segment ${segment.path}`;
      this.#rejectAll(
        lacksDescriptors(error) ? storageError(error, during) : this.#contents.goOffline(error, during),
      );
      return;
    }
    try {
      const unpin = await segment.file.pin();
      unpin();
    } catch (error) {
      this.#rejectAll(storageError(error, `opening ${segment.path}`));
    }
  }

  async #roll(): Promise<void> {
    try {
      await this.#parts.roll();
    } catch (error) {
      this.#rejectAll(storageError(error, `beginning a new segment in ${this.#contents.options.dir}`));
    }
  }

  #carryOut(segment: Segment, requests: readonly QueuedAppend[], plan: AppendPlan): void {
    const position = segment.sizeBytes;
    if (plan.sizeBytes > 0) {
      const buffers = patchedBuffers(requests, plan);
      try {
        segment.file.writevSync(buffers, position);
      } catch (error) {
        this.#failWrite(segment, error, { requests, plan });
        return;
      }
      plan.producers.commitTo(this.#contents.producers);
      this.#noteBatches(segment, requests, plan);
      const { sizeBytes, nextOffset: endOffset } = plan;
      void this.#parts.tracker.written({ segment, position, buffers, sizeBytes, endOffset });
      this.#parts.positions.note(endOffset, segment, segment.sizeBytes);
    }
    const durable = this.#parts.tracker.last;
    for (let index = 0; index < requests.length; index++) {
      answer(requests[index] as QueuedAppend, plan.decisions[index] as AppendDecision, {
        durable,
        logStartOffset: this.#contents.logStartOffset,
      });
    }
    if (plan.sizeBytes > 0) this.#parts.onWritten(plan.sizeBytes);
  }

  #noteBatches(segment: Segment, requests: readonly QueuedAppend[], plan: AppendPlan): void {
    const { indexIntervalBytes } = this.#contents.config;
    for (let index = 0; index < requests.length; index++) {
      const decision = plan.decisions[index] as AppendDecision;
      if (decision.kind !== 'append') continue;
      const request = requests[index] as QueuedAppend;
      let { baseOffset } = decision;
      this.#contents.epochs.assign(request.leaderEpoch, baseOffset);
      for (const header of request.headers) {
        segment.noteBatch(header, { position: segment.sizeBytes, baseOffset, indexIntervalBytes });
        baseOffset += header.lastOffsetDelta + 1;
      }
    }
    segment.writeIndexesWhenDue();
  }

  /** Nothing of the write may stay: not in the file, not in the state. */
  #failWrite(
    segment: Segment,
    cause: unknown,
    write: { readonly requests: readonly QueuedAppend[]; readonly plan: AppendPlan },
  ): void {
    const error = storageError(cause, `writing ${write.plan.sizeBytes} bytes to ${segment.path}`);
    this.#contents.logger.error({ log: this.#contents.options.name, err: cause }, error.message);
    this.#block(this.#repair(segment));
    write.requests.forEach((request, index) => {
      const decision = write.plan.decisions[index] as AppendDecision;
      const depends = decision.kind === 'append' || (decision.kind === 'duplicate' && decision.isPending);
      if (depends) {
        request.reject(error);
        return;
      }
      answer(request, decision, {
        durable: this.#parts.tracker.last,
        logStartOffset: this.#contents.logStartOffset,
      });
    });
  }

  /** Cuts the file back, durably: what is left behind must not come up again under a later hole. */
  async #repair(segment: Segment): Promise<void> {
    try {
      segment.file.truncateSync(segment.sizeBytes);
      await segment.file.datasync();
    } catch (error) {
      const offline = this.#contents.goOffline(error, `cutting ${segment.path} back after a failed write`);
      this.#parts.tracker.fail(offline);
      this.#rejectAll(offline);
    }
  }

  #rejectAll(error: TidelogError): void {
    for (const request of this.#takeAll()) request.reject(error);
  }
}

function activeSegment(segment: Segment): Parameters<typeof planAppend>[0]['segment'] {
  const { baseOffset, sizeBytes, firstTimestampMs, createdMs, indexRoomEntries } = segment;
  return { baseOffset, sizeBytes, firstTimestampMs, createdMs, indexRoomEntries };
}

/** Assigns offsets and epochs in the callers' buffers; gives those to write, in order. */
function patchedBuffers(requests: readonly QueuedAppend[], plan: AppendPlan): Buffer[] {
  const buffers: Buffer[] = [];
  for (let index = 0; index < requests.length; index++) {
    const decision = plan.decisions[index] as AppendDecision;
    if (decision.kind !== 'append') continue;
    const { bytes, headers, leaderEpoch } = requests[index] as QueuedAppend;
    let { baseOffset } = decision;
    let position = 0;
    for (const header of headers) {
      patchBaseOffset(bytes, position, baseOffset);
      patchPartitionLeaderEpoch(bytes, position, leaderEpoch);
      baseOffset += header.lastOffsetDelta + 1;
      position += header.sizeBytes;
    }
    buffers.push(bytes);
  }
  return buffers;
}

function answer(
  request: QueuedAppend,
  decision: AppendDecision,
  context: { readonly durable: Promise<void>; readonly logStartOffset: number },
): void {
  if (decision.kind === 'reject') {
    request.reject(decision.error);
    return;
  }
  const { baseOffset, lastOffset } = decision;
  const isDuplicate = decision.kind === 'duplicate';
  const logAppendTimeMs =
    isDuplicate && request.logAppendTimeMs >= 0 ? decision.maxTimestampMs : request.logAppendTimeMs;
  request.resolve({ baseOffset, lastOffset, logAppendTimeMs, isDuplicate, ...context });
}

function ignore(): void {
  // Whoever needs the outcome has the promise itself: the caller of `exclusive`, the next roll or flush.
}
