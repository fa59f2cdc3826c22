/**
 * The log alone, without a broker: records in, records out, in one directory.
 *
 * The directory is a data directory with the single partition `log-0`, locked while it is open; a broker's tools
 * and Kafka's read its files.
 *
 * States: open → closed (`close`, or `await using`). Readers that follow the log end when it is closed.
 */
import { randomBytes } from 'node:crypto';
import {
  BatchBuilder,
  batchesOf,
  type CompressionType,
  type HeaderValue,
  type Record as LogRecord,
  type RecordHeaderInput,
} from '@tidelog/record';
import { systemClock, type Clock, type Timer } from './clock.ts';
import type { FileSystem } from './file-system.ts';
import type { LogConfigInput } from './log-config.ts';
import { LogDirectory } from './log-directory.ts';
import type { RecoveryReport } from './log-options.ts';
import type { Log } from './log.ts';
import type { Logger } from './logger.ts';
import type { TimestampedOffset } from './timestamp-search.ts';

const TOPIC = 'log';
const DEFAULT_RETENTION_INTERVAL_MS = 300_000;
/** A batch is closed when it has grown to this size, or to a quarter of what the log accepts. */
const BATCH_TARGET_BYTES = 1024 * 1024;
const READ_BYTES = 1024 * 1024;
/** For the offsets of two million keys in one cleaning. */
const DEDUPE_BUFFER_BYTES = 64 * 1024 * 1024;

export interface OpenLogOptions {
  /** Made when it does not exist. Belongs to one process at a time. */
  readonly dir: string;
  /** What an append promises when it resolves: `fsync` (the default) or `page-cache`. */
  readonly durability?: 'fsync' | 'page-cache' | undefined;
  /** Retention, segment sizes and so on: log-config.ts. */
  readonly config?: Omit<LogConfigInput, 'durability'> | undefined;
  /** Compression of the batches that `append` builds; none unless given. */
  readonly compression?: CompressionType | undefined;
  /** How often retention looks for segments to delete or to compact; five minutes unless given. */
  readonly retentionIntervalMs?: number | undefined;
  readonly logger?: Logger | undefined;
  readonly fileSystem?: FileSystem | undefined;
  readonly clock?: Clock | undefined;
}

/** A record to be appended. */
export interface NewRecord {
  readonly key?: string | Uint8Array | null;
  readonly value: string | Uint8Array | null;
  readonly headers?: { readonly [key: string]: HeaderValue | readonly HeaderValue[] };
  /** Milliseconds since the Unix epoch; now unless given. */
  readonly timestampMs?: number;
}

export interface LogReadOptions {
  /** The log start offset unless given. */
  readonly fromOffset?: number | undefined;
  /** Exclusive; the end of the log at the start of the read unless given. */
  readonly upToOffset?: number | undefined;
  /** Wait for more at the end instead of ending. */
  readonly follow?: boolean | undefined;
  /** Ends the read; a wait of a follower ends at once. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the log in a directory, which is made when it does not exist, and recovers it. Throws DATA_DIR_LOCKED,
 * DATA_DIR_NOT_WRITABLE, DATA_DIR_FORMAT, INVALID_CONFIG, DISK_FULL, STORAGE_FAILED.
 */
export async function openLog(options: OpenLogOptions): Promise<StandaloneLog> {
  const { dir, durability, logger, fileSystem, clock } = options;
  const directory = await LogDirectory.open({ dir, durability, logger, fileSystem, clock });
  try {
    const found = directory.partitions().find(({ topic, partition }) => topic === TOPIC && partition === 0);
    const topicId = found?.topicId ?? randomBytes(16).toString('base64url');
    const log = await directory.openPartition({
      topic: TOPIC,
      partition: 0,
      topicId,
      config: options.config,
    });
    return new StandaloneLog(directory, log, options);
  } catch (error) {
    await directory.close().catch(() => undefined);
    throw error;
  }
}

/** What `openLog` gives. */
export class StandaloneLog implements AsyncDisposable {
  readonly #directory: LogDirectory;
  readonly #log: Log;
  readonly #options: OpenLogOptions;
  readonly #clock: Clock;
  #timer: Timer | undefined;
  /** Readers at the end of the log. */
  #waiting: (() => void)[] = [];
  #closing: Promise<void> | undefined;

  /** Made by `openLog`. */
  constructor(directory: LogDirectory, log: Log, options: OpenLogOptions) {
    this.#directory = directory;
    this.#log = log;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#scheduleRetention();
  }

  /** The first offset that can be read. */
  get startOffset(): number {
    return this.#log.logStartOffset;
  }

  /** Exclusive: records below it are durable and can be read. */
  get endOffset(): number {
    return this.#log.durableOffset;
  }

  /** What opening the log found and did. */
  get recovery(): RecoveryReport {
    return this.#log.recovery;
  }

  /**
   * Appends records in one or more batches, all of them or none, and resolves when they are durable as the log's
   * mode promises. Rejects as `Log.append` does, and with INVALID_ARGUMENT for a value that is neither text nor
   * bytes.
   */
  async append(
    records: NewRecord | readonly NewRecord[],
  ): Promise<{ readonly baseOffset: number; readonly lastOffset: number }> {
    const batches = await this.#build(
      Array.isArray(records) ? (records as readonly NewRecord[]) : [records as NewRecord],
    );
    const { baseOffset, lastOffset, durable } = await this.#log.append(batches, { leaderEpoch: 0 });
    await durable;
    this.#wake();
    return { baseOffset, lastOffset };
  }

  /**
   * The records from an offset on, in order. Records are views of their batch's memory, which is not used again.
   * `next` throws OFFSET_OUT_OF_RANGE when the offset was deleted, KAFKA_STORAGE_ERROR at damage.
   */
  async *read(options: LogReadOptions = {}): AsyncGenerator<LogRecord, void, undefined> {
    const { signal, follow = false } = options;
    let offset = options.fromOffset ?? this.startOffset;
    const endOffset = options.upToOffset ?? (follow ? Number.MAX_SAFE_INTEGER : this.endOffset);
    while (offset < endOffset && signal?.aborted !== true) {
      const read = await this.#log.read({
        fromOffset: offset,
        maxBytes: READ_BYTES,
        upToOffset: this.endOffset,
        minOneBatch: true,
      });
      const bytes = Buffer.from(read.bytes);
      read.release();
      if (bytes.length === 0) {
        if (!follow || this.#closing !== undefined) return;
        // An append may have ended while the read was under way: then there is nobody left to wake this reader.
        if (offset >= this.endOffset) await this.#appended(signal);
        if (this.#closing !== undefined) return;
        continue;
      }
      for (const batch of batchesOf(bytes)) {
        if (batch.header.isControl) continue;
        if (batch.header.compression !== 'none') await batch.decompress();
        for (const record of batch) if (record.offset >= offset && record.offset < endOffset) yield record;
      }
      offset = read.nextOffset;
    }
  }

  /** The first record at or after a time (milliseconds since the Unix epoch). */
  offsetForTimestamp(timestampMs: number): Promise<TimestampedOffset | undefined> {
    return this.#log.offsetForTimestamp(timestampMs);
  }

  /** Makes the records below `offset` unreadable, durably; returns the new start. Throws OFFSET_OUT_OF_RANGE. */
  deleteRecordsBefore(offset: number): Promise<number> {
    return this.#log.deleteRecordsBefore(offset);
  }

  /** Deletes segments that are past their retention now, instead of at the next interval. */
  async applyRetention(): Promise<void> {
    await this.#log.applyRetention(this.#clock.nowMs(), { highWatermark: this.endOffset });
  }

  /** Compacts a log whose policy says so now, due or not, instead of when it is due. */
  async compact(): Promise<void> {
    // Whoever calls it waits for it, perhaps with nothing else that keeps the process alive.
    await this.#compact({ timeShare: 1 });
  }

  /** Writes what waits, ends followers, closes the files and gives the directory free. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#timer?.cancel();
    try {
      await this.#directory.close();
    } finally {
      this.#wake();
    }
  }

  async #build(records: readonly NewRecord[]): Promise<Buffer> {
    const targetBytes = Math.min(BATCH_TARGET_BYTES, Math.floor(this.#log.config.maxMessageBytes / 4));
    const compression = this.#options.compression ?? 'none';
    const batches: Buffer[] = [];
    let builder: BatchBuilder | undefined;
    for (const { key = null, value, headers, timestampMs } of records) {
      builder ??= new BatchBuilder();
      builder.append(timestampMs ?? this.#clock.nowMs(), key, value, headers && headerList(headers));
      if (builder.sizeBytes < targetBytes) continue;
      batches.push(await builder.build({ compression }));
      builder = undefined;
    }
    if (builder !== undefined) batches.push(await builder.build({ compression }));
    const [only] = batches;
    return batches.length === 1 && only !== undefined ? only : Buffer.concat(batches);
  }

  #appended(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal?.removeEventListener('abort', done);
        this.#waiting = this.#waiting.filter((other) => other !== done);
        resolve();
      };
      this.#waiting.push(done);
      signal?.addEventListener('abort', done);
    });
  }

  #wake(): void {
    for (const done of this.#waiting) done();
  }

  async #compact(share: { readonly timeShare?: number }): Promise<void> {
    await this.#log.compact({
      ...share,
      nowMs: this.#clock.nowMs(),
      highWatermark: this.endOffset,
      dedupeBufferBytes: DEDUPE_BUFFER_BYTES,
    });
  }

  async #maintain(): Promise<void> {
    await this.applyRetention();
    const facts = { nowMs: this.#clock.nowMs(), highWatermark: this.endOffset };
    if ((await this.#log.compactionNeed(facts))?.isDue === true) await this.#compact({});
  }

  #scheduleRetention(): void {
    const intervalMs = this.#options.retentionIntervalMs ?? DEFAULT_RETENTION_INTERVAL_MS;
    this.#timer = this.#clock.setTimer(intervalMs, () => {
      this.#maintain()
        .catch((error: unknown) => {
          if (this.#closing === undefined)
            this.#options.logger?.warn({ err: error }, 'applying retention or compaction failed');
        })
        .finally(() => {
          if (this.#closing === undefined) this.#scheduleRetention();
        });
    });
  }
}

function headerList(headers: NonNullable<NewRecord['headers']>): RecordHeaderInput[] {
  return Object.entries(headers).flatMap(([key, given]) => {
    const values = Array.isArray(given) ? (given as readonly HeaderValue[]) : [given as HeaderValue];
    return values.map((value) => ({ key, value }));
  });
}
