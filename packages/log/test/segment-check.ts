/** Compares the files of a log's segments with what an independent scan of their batches says they should be. */
import { RecordBatch, STORED_BATCH_RULES, validateBatch } from '@tidelog/record';
import type { Log } from '../src/log.ts';
import type { MemoryFileSystem } from '../src/memory-file-system.ts';
import { LOG_DIR } from './log-fixture.ts';

interface Batch {
  readonly position: number;
  readonly lastOffset: number;
  /** Largest timestamp of its records; −1: it has none. */
  readonly maxTimestampMs: number;
}

/** Throws at the first index entry that is wrong, missing at the end, or out of order. */
export async function checkSegmentFiles(
  fileSystem: MemoryFileSystem,
  log: Log,
  indexIntervalBytes: number,
): Promise<void> {
  const names = (await fileSystem.readdir(LOG_DIR)).filter((name) => name.endsWith('.log')).sort();
  for (const [index, name] of names.entries()) {
    const batches = await batchesOf(fileSystem.readFileSync(`${LOG_DIR}/${name}`));
    const base = Number(name.slice(0, 20));
    const isSealed = index < names.length - 1;
    const end = batches.at(-1)?.lastOffset ?? base - 1;
    const nextBase = Number(names[index + 1]?.slice(0, 20) ?? end + 1);
    if (nextBase !== end + 1)
      throw new Error(`${name} ends at ${end}, and the next one begins at ${nextBase}`);
    checkOffsetIndex(fileSystem, { name, base, batches, indexIntervalBytes });
    if (isSealed) checkTimeIndex(fileSystem, { name, base, batches });
  }
  await checkTimestampSearch(fileSystem, log, names);
}

async function batchesOf(bytes: Buffer): Promise<Batch[]> {
  const batches: Batch[] = [];
  for (let position = 0; position < bytes.length;) {
    const header = validateBatch(bytes, position, STORED_BATCH_RULES);
    const batch = RecordBatch.read(bytes, position);
    if (header.recordCount > 0) await batch.decompress();
    const maxTimestampMs = Math.max(-1, ...[...batch].map((record) => record.timestampMs));
    if (header.recordCount > 0 && maxTimestampMs !== header.maxTimestampMs) {
      throw new Error(
        `batch at ${header.baseOffset}: its largest timestamp is ${maxTimestampMs}, not ${header.maxTimestampMs}`,
      );
    }
    batches.push({ position, lastOffset: header.lastOffset, maxTimestampMs });
    position += header.sizeBytes;
  }
  return batches;
}

function checkOffsetIndex(
  fileSystem: MemoryFileSystem,
  segment: { name: string; base: number; batches: readonly Batch[]; indexIntervalBytes: number },
): void {
  const { name, base, batches, indexIntervalBytes } = segment;
  const bytes = fileSystem.readFileSync(`${LOG_DIR}/${name.replace('.log', '.index')}`);
  let indexedPosition = 0;
  for (let at = 0; at < bytes.length; at += 8) {
    const offset = base + bytes.readInt32BE(at);
    const position = bytes.readInt32BE(at + 4);
    const batch = batches.find((other) => other.position === position);
    if (batch?.lastOffset !== offset) throw new Error(`${name}: no batch at ${position} ends at ${offset}`);
    if (position - indexedPosition <= indexIntervalBytes)
      throw new Error(`${name}: entries too close at ${position}`);
    indexedPosition = position;
  }
}

function checkTimeIndex(
  fileSystem: MemoryFileSystem,
  segment: { name: string; base: number; batches: readonly Batch[] },
): void {
  const { name, base, batches } = segment;
  const bytes = fileSystem.readFileSync(`${LOG_DIR}/${name.replace('.log', '.timeindex')}`);
  let lastMs = -1;
  for (let at = 0; at < bytes.length; at += 12) {
    const timestampMs = Number(bytes.readBigInt64BE(at));
    const offset = base + bytes.readInt32BE(at + 8);
    const holder = batches.find((batch) => batch.maxTimestampMs >= timestampMs);
    if (holder?.lastOffset !== offset)
      throw new Error(`${name}: ${timestampMs} first appears at ${holder?.lastOffset}, not ${offset}`);
    if (timestampMs <= lastMs) throw new Error(`${name}: time entries fall at ${timestampMs}`);
    lastMs = timestampMs;
  }
  const largestMs = Math.max(-1, ...batches.map((batch) => batch.maxTimestampMs));
  if (lastMs !== largestMs)
    throw new Error(`${name}: the last time entry is ${lastMs}, the largest time ${largestMs}`);
}

/** Each record's time leads to the first record that is as new. */
async function checkTimestampSearch(
  fileSystem: MemoryFileSystem,
  log: Log,
  names: readonly string[],
): Promise<void> {
  const records: { offset: number; timestampMs: number }[] = [];
  for (const name of names) {
    const bytes = fileSystem.readFileSync(`${LOG_DIR}/${name}`);
    for (let position = 0; position < bytes.length;) {
      const batch = RecordBatch.read(bytes, position);
      if (batch.header.recordCount > 0) await batch.decompress();
      for (const { offset, timestampMs } of batch) records.push({ offset, timestampMs });
      position += batch.header.sizeBytes;
    }
  }
  for (const { timestampMs } of records) {
    const expected = records.find((record) => record.timestampMs >= timestampMs);
    const found = await log.offsetForTimestamp(timestampMs);
    if (found?.offset !== expected?.offset)
      throw new Error(`time ${timestampMs}: ${found?.offset}, not ${expected?.offset}`);
  }
}
