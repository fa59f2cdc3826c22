/** Keyed records for tests of compaction: batches, what a log holds of them, a cleaning with everything dirty in it. */
import {
  BatchBuilder,
  batchesOf,
  RecordBatch,
  STORED_BATCH_RULES,
  validateBatch,
  type BuildOptions,
} from '@tidelog/record';
import type { Clock } from '../src/clock.ts';
import type { Log } from '../src/log.ts';
import type { CompactionReport } from '../src/log-cleaner.ts';
import { LOG_DIR, NOW_MS, type TestLog } from './log-fixture.ts';

/** `value` null: a tombstone. */
export interface KeyedRecord {
  readonly key: string;
  readonly value: string | null;
}

export interface StoredRecord extends KeyedRecord {
  readonly offset: number;
  readonly timestampMs: number;
}

export function keyedBatch(
  records: readonly KeyedRecord[],
  options: BuildOptions & { readonly timestampMs?: number } = {},
): Buffer {
  const { timestampMs = NOW_MS, ...build } = options;
  const builder = new BatchBuilder({ initialBytes: 256 });
  records.forEach(({ key, value }, index) => builder.append(timestampMs + index, key, value));
  return builder.buildSync(build);
}

/** `'a=1'`, and `'a'` for a tombstone: one batch. */
export function put(opened: TestLog, ...records: string[]): Promise<unknown> {
  return opened.log.append(
    keyedBatch(
      records.map((text) => {
        const [key = '', value] = text.split('=');
        return { key, value: value ?? null };
      }),
      { timestampMs: opened.clock.nowMs() },
    ),
    { leaderEpoch: 0 },
  );
}

/** Every record that a reader sees, from the log start offset on. */
export async function readRecords(log: Log, maxBytes: number = 700): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  for (let offset = log.logStartOffset; offset < log.logEndOffset;) {
    const read = await log.read({ fromOffset: offset, maxBytes, minOneBatch: true });
    if (read.nextOffset <= offset) throw new Error(`a read at ${offset} of ${log.logEndOffset} gave nothing`);
    for (let position = 0; position < read.bytes.length;) {
      const { sizeBytes } = validateBatch(read.bytes, position, STORED_BATCH_RULES);
      const batch = RecordBatch.read(read.bytes, position);
      batch.decompressSync();
      for (const record of batch) {
        if (record.offset < offset) continue;
        const { key, value, timestampMs } = record;
        records.push({
          offset: record.offset,
          key: key?.toString() ?? '',
          value: value?.toString() ?? null,
          timestampMs,
        });
      }
      position += sizeBytes;
    }
    offset = read.nextOffset;
    read.release();
  }
  return records;
}

/** The records as `offset:key=value`. */
export async function readTexts(log: Log): Promise<string[]> {
  const records = await readRecords(log);
  return records.map(({ offset, key, value }) => `${offset}:${key}${value === null ? '' : `=${value}`}`);
}

/** Cleans everything but the active segment. */
export function compact(
  opened: Pick<TestLog, 'log'> & { readonly clock: Pick<Clock, 'nowMs'> },
  options: { readonly dedupeBufferBytes?: number; readonly nowMs?: number } = {},
): Promise<CompactionReport | undefined> {
  return opened.log.compact({
    nowMs: opened.clock.nowMs(),
    highWatermark: opened.log.logEndOffset,
    dedupeBufferBytes: 65536,
    ...options,
  });
}

/** Seals the active segment and cleans all that came before. */
export async function rollAndCompact(opened: TestLog): Promise<CompactionReport | undefined> {
  await opened.log.roll();
  return compact(opened);
}

/** The batches of a segment file, read without the log. */
export function batchesInFile(opened: Pick<TestLog, 'fileSystem'>, name: string): RecordBatch[] {
  return [...batchesOf(opened.fileSystem.readFileSync(`${LOG_DIR}/${name}`))];
}
