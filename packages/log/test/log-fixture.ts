/** A log on a disk in memory, for tests: batches of text, logs to open, what they hold. */
import { dirname } from 'node:path';
import { BatchBuilder, RecordBatch, type BuildOptions } from '@tidelog/record';
import type { AppendResult } from '../src/append-queue.ts';
import { BufferPool } from '../src/buffer-pool.ts';
import { FilePool } from '../src/file-pool.ts';
import type { FileSystem } from '../src/file-system.ts';
import { Log } from '../src/log.ts';
import type { LogOptions } from '../src/log-options.ts';
import type { Logger } from '../src/logger.ts';
import { ManualClock } from '../src/manual-clock.ts';
import { MemoryFileSystem } from '../src/memory-file-system.ts';
import { PerFileCommitter } from '../src/per-file-committer.ts';

export const LOG_DIR = '/data/orders-0';
/** The manual clock's first value. */
export const NOW_MS = 1_700_000_000_000;

export interface BatchOfText extends BuildOptions {
  /** One record per value. */
  readonly values: readonly string[];
  /** Of the first record; each further one is a millisecond later. */
  readonly timestampMs?: number;
}

export function textBatch(batch: BatchOfText): Buffer {
  const { values, timestampMs = NOW_MS, ...options } = batch;
  const builder = new BatchBuilder({ initialBytes: 256 });
  values.forEach((value, index) => builder.append(timestampMs + index, null, value));
  return builder.buildSync(options);
}

/** A batch of `recordCount` records of an idempotent producer. */
export function producerBatch(batch: {
  producerId: number;
  baseSequence: number;
  recordCount?: number;
  producerEpoch?: number;
}): Buffer {
  const { recordCount = 1, producerEpoch = 0, ...producer } = batch;
  const values = Array.from({ length: recordCount }, (_, index) => `${batch.baseSequence + index}`);
  return textBatch({ values, ...producer, producerEpoch });
}

export interface TestLog {
  readonly log: Log;
  readonly fileSystem: MemoryFileSystem;
  readonly clock: ManualClock;
  /** Messages that the log gave its operator. */
  readonly messages: string[];
}

export type TestLogOptions = Partial<Omit<LogOptions, 'fileSystem' | 'clock'>> & {
  readonly fileSystem?: MemoryFileSystem;
  readonly clock?: ManualClock;
};

/** Opens a log; page-cache mode unless the config says otherwise. */
export async function openTestLog(options: TestLogOptions = {}): Promise<TestLog> {
  const fileSystem = options.fileSystem ?? new MemoryFileSystem();
  await fileSystem.mkdir(dirname(LOG_DIR));
  await fileSystem.syncDirectory('/');
  const clock = options.clock ?? new ManualClock({ nowMs: NOW_MS });
  const messages: string[] = [];
  const log = await Log.open({
    dir: LOG_DIR,
    name: 'orders-0',
    files: new FilePool({ fileSystem, maxOpenFiles: 50 }),
    buffers: new BufferPool(),
    committer: new PerFileCommitter(),
    lastShutdown: 'clean',
    logger: loggerInto(messages),
    ...options,
    fileSystem,
    clock,
    config: { durability: 'page-cache', ...options.config },
  });
  return { log, fileSystem, clock, messages };
}

export function loggerInto(messages: string[]): Logger {
  const note = (_fields: object, message: string): void => {
    messages.push(message);
  };
  return { debug: note, info: note, warn: note, error: note };
}

/** Appends one batch of these values under leader epoch 0. */
export async function append(opened: TestLog, ...values: string[]): Promise<AppendResult> {
  return opened.log.append(textBatch({ values }), { leaderEpoch: 0 });
}

/** A log of `count` batches of one record of 100 bytes each. */
export async function filledLog(count: number, options: TestLogOptions = {}): Promise<TestLog> {
  const opened = await openTestLog(options);
  for (let index = 0; index < count; index++) await append(opened, `${index}-`.padEnd(100, 'x'));
  return opened;
}

/** Every value from an offset to the end of the log, with its offset. */
export async function readValues(
  log: Log,
  range: { fromOffset?: number; upToOffset?: number; maxBytes?: number } = {},
): Promise<string[]> {
  const { fromOffset = log.logStartOffset, upToOffset = log.logEndOffset, maxBytes = 1000 } = range;
  const values: string[] = [];
  for (let offset = fromOffset; offset < upToOffset;) {
    const read = await log.read({ fromOffset: offset, maxBytes, upToOffset, minOneBatch: true });
    for (let position = 0; position < read.bytes.length;) {
      const batch = RecordBatch.read(read.bytes, position);
      for (const record of batch)
        if (record.offset >= offset) values.push(`${record.offset}:${record.value?.toString()}`);
      position += batch.header.sizeBytes;
    }
    if (read.nextOffset === offset) return values;
    offset = read.nextOffset;
    read.release();
  }
  return values;
}

/** What a file of the partition holds. */
export function fileBytes(fileSystem: MemoryFileSystem, name: string): Buffer {
  return fileSystem.readFileSync(`${LOG_DIR}/${name}`);
}

export async function fileNames(fileSystem: FileSystem): Promise<string[]> {
  return fileSystem.readdir(LOG_DIR);
}
