/**
 * Hands fetched batches to the program, one partition after the other, each checked, decompressed and cut to
 * where reading is.
 *
 * A batch is leased: until it is given back, nothing more of its partition is handed out, so that each partition
 * is read in order whoever asks. Partitions take turns batch by batch. Who gives a batch back while the program is
 * still at work with its records says so (`hold`), so that their memory is counted.
 *
 * States: open → failed (a partition cannot be read on: every `take` rejects with its error until a seek or a new
 * assignment) or closed (`take` gives undefined, at once also to those who wait).
 */
import {
  BATCH_LOG_OVERHEAD_BYTES,
  batchSizeBytesAt,
  RecordBatch,
  STORED_BATCH_RULES,
  validateBatch,
} from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import { isAborted } from '../abortable.ts';
import { ConsumerBatch, type RecordDecoders } from './consumer-record.ts';
import type { FetchedChunk, PartitionReader } from './partition-reader.ts';

export interface BatchSourceOptions<K, V> {
  readonly decoders: RecordDecoders<K, V>;
  readonly checkCrcs: boolean;
  readonly maxDecompressedBytes: number;
}

export interface BatchSourceHandlers {
  /** Room became free: more may be fetched. */
  onFreed(): void;
  /** Everything from this offset on has to be fetched again. */
  onTakenBack(reader: PartitionReader, fromOffset: number): void;
  /** A batch cannot be read. */
  onUnreadable(reader: PartitionReader, error: TidelogError): void;
}

/** Says of a partition how far the program is; also after the batch was given back. */
export class Progress {
  readonly #reader: PartitionReader;
  readonly #place: number;
  readonly #leaderEpoch: number;

  constructor(reader: PartitionReader, leaderEpoch: number) {
    this.#reader = reader;
    this.#place = reader.place;
    this.#leaderEpoch = leaderEpoch;
  }

  /**
   * False after a seek, a new assignment or the loss of the partition: what was handed out before is not wanted any
   * more, and nothing of it counts.
   */
  get isCurrent(): boolean {
    return this.#reader.isOurs && this.#reader.place === this.#place;
  }

  /**
   * The program is done with everything below `offset`, the last of which is of this batch. It may have said so of
   * more already, by a commit of its own.
   */
  processed(offset: number): void {
    if (this.#reader.place !== this.#place || offset <= this.#reader.processedOffset) return;
    this.#reader.processedOffset = offset;
    this.#reader.processedLeaderEpoch = this.#leaderEpoch;
  }
}

/** A batch that is with the program. */
export class Lease<K, V> {
  readonly batch: ConsumerBatch<K, V>;
  readonly reader: PartitionReader;
  readonly progress: Progress;
  readonly #chunk: FetchedChunk;

  constructor(batch: ConsumerBatch<K, V>, reader: PartitionReader, chunk: FetchedChunk) {
    this.batch = batch;
    this.reader = reader;
    this.progress = new Progress(reader, batch.leaderEpoch);
    this.#chunk = chunk;
  }

  /** As `progress.isCurrent`. */
  get isCurrent(): boolean {
    return this.progress.isCurrent;
  }

  /** The next offset of the batch to be given to the program. */
  get nextOffset(): number {
    return this.#chunk.nextOffset;
  }

  /** The program was given everything below `offset`. Until the batch is given back. */
  delivered(offset: number): void {
    this.#chunk.nextOffset = offset;
  }

  /** As `progress.processed`. */
  processed(offset: number): void {
    this.progress.processed(offset);
  }
}

export class BatchSource<K, V> {
  readonly #options: BatchSourceOptions<K, V>;
  readonly #handlers: BatchSourceHandlers;
  /** Readers with chunks that nobody has leased, in the order of their turns. */
  readonly #readable = new Set<PartitionReader>();
  readonly #listeners = new Set<(reader: PartitionReader) => void>();
  #waiters: (() => void)[] = [];
  #failures = new Map<PartitionReader, TidelogError>();
  /** Why nothing can be read any more. */
  #failure: { readonly thrown: unknown } | undefined;
  #isClosed = false;

  constructor(options: BatchSourceOptions<K, V>, handlers: BatchSourceHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  /** A reader has chunks, or was resumed. */
  readable(reader: PartitionReader): void {
    for (const listener of this.#listeners) listener(reader);
    if (reader.isLeased || reader.isSuspended || reader.chunks.length === 0) return;
    this.#readable.add(reader);
    this.#wakeOne();
  }

  /** A reader was paused, or is being given up: what of it is handed out and was not begun comes back. */
  suspended(reader: PartitionReader): void {
    this.#readable.delete(reader);
    for (const listener of this.#listeners) listener(reader);
  }

  /**
   * Calls `listener` with every reader to which something happened: it has more, was suspended or resumed, or was
   * put elsewhere. Returns the function that ends it.
   */
  onChange(listener: (reader: PartitionReader) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A reader cannot be read on. */
  failed(reader: PartitionReader, error: TidelogError): void {
    this.#failures.set(reader, error);
    this.#wakeAll();
  }

  /** Nothing can be read any more: every `take` rejects with this. */
  fail(thrown: unknown): void {
    this.#failure ??= { thrown };
    this.#wakeAll();
  }

  /** A reader was put elsewhere, or is not read any more. */
  forget(reader: PartitionReader): void {
    this.#failures.delete(reader);
    this.#readable.delete(reader);
    for (const listener of this.#listeners) listener(reader);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Ends all waiting; every `take` gives undefined from now on. */
  close(): void {
    this.#isClosed = true;
    this.#wakeAll();
  }

  /**
   * The next batch of a partition that nobody has leased. Waits for one; undefined when the source was closed or
   * the signal aborted. Rejects with the error of a partition that failed.
   */
  async take(signal?: AbortSignal): Promise<Lease<K, V> | undefined> {
    while (!this.#isClosed && !isAborted(signal)) {
      if (this.#failure !== undefined) throw this.#failure.thrown;
      // Uncompressed batches come without another wait.
      const taken = this.#tryTake();
      const lease = taken instanceof Promise ? await taken : taken;
      if (lease !== undefined) return lease;
      const [failure] = this.#failures.values();
      if (failure !== undefined) throw failure;
      if (this.#readable.size === 0) await this.#wait(signal);
    }
    // Who gives up may have been woken for a batch that others wait for.
    if (this.#readable.size > 0) this.#wakeOne();
    return undefined;
  }

  /** The program is done with a batch: its partition may be read on, from where `delivered` said. */
  release({ reader }: Lease<K, V>): void {
    this.#endLease(reader);
    this.readable(reader);
  }

  /** Counts the memory of a batch that was handed out whole; the function returned ends that. */
  hold({ reader, batch }: Lease<K, V>): () => void {
    const sizeBytes = batch.recordsBytes.length;
    reader.heldBytes += sizeBytes;
    return () => {
      reader.heldBytes -= sizeBytes;
      this.#handlers.onFreed();
    };
  }

  /** What was handed out from `fromOffset` on was not worked with: it is handed out again. */
  takeBack(reader: PartitionReader, fromOffset: number): void {
    this.#readable.delete(reader);
    this.#handlers.onTakenBack(reader, fromOffset);
  }

  /** A record of a leased batch is malformed: its partition fails. Returns the error with the place. */
  unreadable(lease: Lease<K, V>, thrown: unknown): TidelogError {
    const cause = TidelogError.from(thrown, 'CORRUPT_MESSAGE');
    const { reader, nextOffset } = lease;
    const error = unreadableError(reader, nextOffset, cause);
    // After a seek the rest of the batch is nobody's.
    if (lease.isCurrent) this.#fail(reader, error);
    return error;
  }

  #tryTake(): Lease<K, V> | Promise<Lease<K, V> | undefined> | undefined {
    for (const reader of this.#readable) {
      // Who asks whether it is ours may find that it is not: then it was forgotten meanwhile.
      if (!reader.isOurs || reader.isSuspended || reader.chunks.length === 0) {
        this.#readable.delete(reader);
        continue;
      }
      const next = this.#nextBatch(reader);
      if (next === undefined) continue;
      const { chunk, recordBatch } = next;
      this.#readable.delete(reader);
      reader.isLeased = true;
      reader.workBegan();
      if (recordBatch.isReadable) return this.#lease(reader, chunk, recordBatch);
      return this.#decompress(reader, chunk, recordBatch);
    }
    return undefined;
  }

  /** The batch at the front of a reader, past what is behind its position; undefined when there is none left. */
  #nextBatch(
    reader: PartitionReader,
  ): { readonly chunk: FetchedChunk; readonly recordBatch: RecordBatch } | undefined {
    for (let chunk = reader.chunks[0]; chunk !== undefined; chunk = reader.chunks[0]) {
      try {
        const recordBatch = this.#readBatch(reader, chunk);
        if (recordBatch !== undefined) return { chunk, recordBatch };
      } catch (thrown) {
        const cause = TidelogError.from(thrown, 'CORRUPT_MESSAGE');
        this.#fail(reader, unreadableError(reader, chunk.nextOffset, cause));
        return undefined;
      }
      reader.dropChunk();
      this.#handlers.onFreed();
    }
    this.#readable.delete(reader);
    return undefined;
  }

  #readBatch(reader: PartitionReader, chunk: FetchedChunk): RecordBatch | undefined {
    const { bytes } = chunk;
    while (bytes.length - chunk.bytePosition >= BATCH_LOG_OVERHEAD_BYTES) {
      const sizeBytes = batchSizeBytesAt(bytes, chunk.bytePosition);
      if (sizeBytes > bytes.length - chunk.bytePosition) return undefined;
      const header = validateBatch(bytes, chunk.bytePosition, {
        ...STORED_BATCH_RULES,
        verifyCrc: this.#options.checkCrcs,
      });
      const isBehind = header.lastOffset < chunk.nextOffset;
      if (!isBehind && !header.isControl && header.recordCount > 0) {
        return RecordBatch.read(bytes, chunk.bytePosition);
      }
      chunk.bytePosition += sizeBytes;
      if (isBehind) continue;
      reader.skipped(chunk.nextOffset, header.lastOffset + 1);
      chunk.nextOffset = header.lastOffset + 1;
    }
    return undefined;
  }

  #lease(reader: PartitionReader, chunk: FetchedChunk, recordBatch: RecordBatch): Lease<K, V> {
    const { topic, partition, highWatermark } = reader;
    const fromOffset = chunk.nextOffset;
    const { decoders } = this.#options;
    const batch = new ConsumerBatch<K, V>({
      topic,
      partition,
      recordBatch,
      fromOffset,
      highWatermark,
      decoders,
      origin: reader,
    });
    return new Lease(batch, reader, chunk);
  }

  async #decompress(
    reader: PartitionReader,
    chunk: FetchedChunk,
    recordBatch: RecordBatch,
  ): Promise<Lease<K, V> | undefined> {
    try {
      await recordBatch.decompress({ maxOutputBytes: this.#options.maxDecompressedBytes });
    } catch (thrown) {
      this.#endLease(reader);
      if (reader.chunks[0] === chunk) {
        this.#fail(reader, unreadableError(reader, chunk.nextOffset, TidelogError.from(thrown)));
      }
      return undefined;
    }
    // A seek while it was decompressed, or a pause: the batch is not wanted any more, or not now.
    if (reader.chunks[0] === chunk && !reader.isSuspended && reader.isOurs)
      return this.#lease(reader, chunk, recordBatch);
    this.#endLease(reader);
    this.readable(reader);
    return undefined;
  }

  #endLease(reader: PartitionReader): void {
    reader.isLeased = false;
    reader.workEnded();
  }

  #fail(reader: PartitionReader, error: TidelogError): void {
    this.#readable.delete(reader);
    this.#handlers.onUnreadable(reader, error);
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = (): void => {
        this.#waiters = this.#waiters.filter((waiter) => waiter !== wake);
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiters.push(wake);
    });
  }

  #wakeOne(): void {
    this.#waiters.shift()?.();
  }

  #wakeAll(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}

function unreadableError(
  { topic, partition }: PartitionReader,
  offset: number,
  cause: TidelogError,
): TidelogError {
  return new TidelogError(
    cause.code,
    `topic ${JSON.stringify(topic)} partition ${partition} cannot be read at offset ${offset}: ${cause.message}; seek past it to go on`,
    { topic, partition, offset, cause, retriable: false },
  );
}
