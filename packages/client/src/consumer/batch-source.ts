/**
 * Hands fetched batches to the program, one partition after the other, each checked, decompressed and cut to
 * where reading is.
 *
 * A batch is leased: until it is given back, nothing more of its partition is handed out, so that each partition
 * is read in order whoever asks. Partitions take turns batch by batch.
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
  /** A batch cannot be read. */
  onUnreadable(reader: PartitionReader, error: TidelogError): void;
}

/** A batch that is with the program. */
export class Lease<K, V> {
  readonly batch: ConsumerBatch<K, V>;
  readonly reader: PartitionReader;
  readonly #chunk: FetchedChunk;

  constructor(batch: ConsumerBatch<K, V>, reader: PartitionReader, chunk: FetchedChunk) {
    this.batch = batch;
    this.reader = reader;
    this.#chunk = chunk;
  }

  /** False after a seek or a new assignment: the rest of the batch is not wanted any more. */
  get isCurrent(): boolean {
    return this.reader.chunks[0] === this.#chunk;
  }

  /** The program was given everything below `offset`. */
  delivered(offset: number): void {
    this.#chunk.nextOffset = offset;
  }

  /** The program is done with everything below `offset`. */
  processed(offset: number): void {
    if (this.isCurrent) this.reader.processedOffset = offset;
  }
}

export class BatchSource<K, V> {
  readonly #options: BatchSourceOptions<K, V>;
  readonly #handlers: BatchSourceHandlers;
  /** Readers with chunks that nobody has leased, in the order of their turns. */
  readonly #readable = new Set<PartitionReader>();
  #waiters: (() => void)[] = [];
  #failures = new Map<PartitionReader, TidelogError>();
  #isClosed = false;

  constructor(options: BatchSourceOptions<K, V>, handlers: BatchSourceHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  /** A reader has chunks, or was resumed. */
  readable(reader: PartitionReader): void {
    if (reader.isLeased || reader.isPaused || reader.chunks.length === 0) return;
    this.#readable.add(reader);
    this.#wakeOne();
  }

  /** A reader cannot be read on. */
  failed(reader: PartitionReader, error: TidelogError): void {
    this.#failures.set(reader, error);
    this.#wakeAll();
  }

  /** A reader was put elsewhere, or is not read any more. */
  forget(reader: PartitionReader): void {
    this.#failures.delete(reader);
    this.#readable.delete(reader);
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
    reader.isLeased = false;
    this.readable(reader);
  }

  /** A record of a leased batch is malformed: its partition fails. Returns the error with the place. */
  unreadable({ reader }: Lease<K, V>, thrown: unknown): TidelogError {
    const chunk = reader.chunks[0] as FetchedChunk;
    return this.#unreadable(reader, chunk, TidelogError.from(thrown, 'CORRUPT_MESSAGE'));
  }

  #tryTake(): Lease<K, V> | Promise<Lease<K, V> | undefined> | undefined {
    for (const reader of this.#readable) {
      if (reader.isPaused || reader.chunks.length === 0) {
        this.#readable.delete(reader);
        continue;
      }
      const next = this.#nextBatch(reader);
      if (next === undefined) continue;
      const { chunk, recordBatch } = next;
      this.#readable.delete(reader);
      reader.isLeased = true;
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
        const recordBatch = this.#readBatch(chunk);
        if (recordBatch !== undefined) return { chunk, recordBatch };
      } catch (thrown) {
        this.#unreadable(reader, chunk, TidelogError.from(thrown, 'CORRUPT_MESSAGE'));
        return undefined;
      }
      reader.dropChunk();
      this.#handlers.onFreed();
    }
    this.#readable.delete(reader);
    return undefined;
  }

  #readBatch(chunk: FetchedChunk): RecordBatch | undefined {
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
      if (!isBehind) chunk.nextOffset = header.lastOffset + 1;
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
      reader.isLeased = false;
      if (reader.chunks[0] === chunk) this.#unreadable(reader, chunk, TidelogError.from(thrown));
      return undefined;
    }
    // A seek while it was decompressed: the batch is not wanted any more.
    if (reader.chunks[0] === chunk) return this.#lease(reader, chunk, recordBatch);
    reader.isLeased = false;
    this.readable(reader);
    return undefined;
  }

  #unreadable(reader: PartitionReader, chunk: FetchedChunk, cause: TidelogError): TidelogError {
    const { topic, partition } = reader;
    const offset = chunk.nextOffset;
    this.#readable.delete(reader);
    const error = new TidelogError(
      cause.code,
      `topic ${JSON.stringify(topic)} partition ${partition} cannot be read at offset ${offset}: ${cause.message}; seek past it to go on`,
      { topic, partition, offset, cause, retriable: false },
    );
    this.#handlers.onUnreadable(reader, error);
    return error;
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
