/**
 * Random histories of a compacted log against a model: what was written, at which offset, and the last of each key.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompressionType } from '@tidelog/record';
import { LOG_CONFIG, type LogConfigInput } from '../src/log-config.ts';
import { compact, keyedBatch, readRecords, type StoredRecord } from './compaction-fixture.ts';
import { checkSegmentFiles } from './segment-check.ts';
import { openTestLog, type TestLog } from './log-fixture.ts';

const DELETE_RETENTION_MS = 500;
const CONFIG: LogConfigInput = {
  cleanupPolicy: ['compact'],
  segmentBytes: 1024,
  indexIntervalBytes: 128,
  deleteRetentionMs: DELETE_RETENTION_MS,
  fileDeleteDelayMs: 10,
};

type Step =
  | {
      readonly kind: 'append';
      readonly records: readonly { key: number; size: number }[];
      readonly compression: CompressionType;
      readonly producer: number;
    }
  | { readonly kind: 'compact'; readonly dedupeBufferBytes: number }
  | { readonly kind: 'advance'; readonly byMs: number }
  | { readonly kind: 'roll' | 'restart' | 'crash' | 'flush' | 'again' };

const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('append' as const),
        records: fc.array(fc.record({ key: fc.nat(9), size: fc.integer({ min: -2, max: 120 }) }), {
          minLength: 1,
          maxLength: 8,
        }),
        compression: fc.constantFrom<CompressionType>('none', 'none', 'gzip', 'zstd'),
        producer: fc.integer({ min: -1, max: 2 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('compact' as const),
        dedupeBufferBytes: fc.constantFrom(384, 65536, 65536),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('advance' as const), byMs: fc.integer({ min: 1, max: 400 }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constantFrom('roll', 'restart', 'crash', 'flush', 'again') }),
    },
  ),
  { minLength: 5, maxLength: 60 },
) as fc.Arbitrary<Step[]>;

interface Sent {
  readonly bytes: Buffer;
  readonly baseOffset: number;
}

/** A log and what was written to it. */
class World {
  opened: TestLog;
  readonly written: StoredRecord[] = [];
  /** Last batches by producer, and the producer's next sequence. */
  readonly sent = new Map<number, { nextSequence: number; batches: Sent[] }>();
  readonly firstMetMs = new Map<number, number>();

  constructor(opened: TestLog) {
    this.opened = opened;
  }

  async append(step: Extract<Step, { kind: 'append' }>): Promise<void> {
    const { log, clock } = this.opened;
    await clock.advance(1);
    const timestampMs = clock.nowMs();
    const records = step.records.map(({ key, size }) => ({
      key: `k${key}`,
      value: size < 0 ? null : `${log.logEndOffset}/`.padEnd(size, 'v'),
    }));
    const state = this.sent.get(step.producer) ?? { nextSequence: 0, batches: [] };
    const producer =
      step.producer < 0
        ? {}
        : { producerId: step.producer, producerEpoch: 0, baseSequence: state.nextSequence };
    const bytes = keyedBatch(records, { timestampMs, compression: step.compression, ...producer });
    const { baseOffset } = await log.append(Buffer.from(bytes), { leaderEpoch: 0 });
    records.forEach((record, index) =>
      this.written.push({ ...record, offset: baseOffset + index, timestampMs: timestampMs + index }),
    );
    if (step.producer < 0) return;
    state.nextSequence += records.length;
    state.batches = [...state.batches, { bytes, baseOffset }].slice(-5);
    this.sent.set(step.producer, state);
  }

  /** Each producer's last batches come once more. */
  async appendAgain(): Promise<void> {
    for (const { batches } of this.sent.values()) {
      for (const { bytes, baseOffset } of batches) {
        const result = await this.opened.log.append(Buffer.from(bytes), { leaderEpoch: 0 });
        expect(result).toMatchObject({ isDuplicate: true, baseOffset });
      }
    }
  }

  async restart(how: 'clean' | 'crash'): Promise<void> {
    const { log, fileSystem, clock } = this.opened;
    const { firstDirtyOffset, recoveryPoint } = log;
    if (how === 'clean') {
      await log.close();
      this.opened = await openTestLog({
        fileSystem,
        clock,
        firstDirtyOffset,
        recoveryPoint: log.recoveryPoint,
        config: CONFIG,
      });
      return;
    }
    const survivor = fileSystem.crash({ kind: 'process-kill', seed: 1 });
    this.opened = await openTestLog({
      fileSystem: survivor,
      clock,
      firstDirtyOffset,
      recoveryPoint,
      lastShutdown: 'process-crash',
      config: CONFIG,
    });
  }

  /** Nothing that was never written, in the order of offsets; of each key the last record, or it was a tombstone. */
  async check(): Promise<void> {
    const { log, clock } = this.opened;
    const found = await readRecords(log);
    const byOffset = new Map(this.written.map((record) => [record.offset, record]));
    let lastOffset = -1;
    for (const record of found) {
      expect(record.offset).toBeGreaterThan(lastOffset);
      expect(record).toEqual(byOffset.get(record.offset));
      lastOffset = record.offset;
    }
    const offsets = new Set(found.map((record) => record.offset));
    const last = new Map(this.written.map((record) => [record.key, record]));
    for (const record of last.values()) {
      if (record.value !== null) expect(offsets).toContain(record.offset);
      else if (!offsets.has(record.offset)) this.#checkExpired(record, clock.nowMs(), found);
    }
  }

  /** A tombstone may be gone only a while after it was written, and nothing that it deleted may be left. */
  #checkExpired(tombstone: StoredRecord, nowMs: number, found: readonly StoredRecord[]): void {
    const { offset, key } = tombstone;
    const metMs = this.firstMetMs.get(offset);
    expect(metMs).toBeDefined();
    expect(nowMs - (metMs as number)).toBeGreaterThanOrEqual(DELETE_RETENTION_MS);
    expect(found.filter((record) => record.key === key && record.offset < offset)).toEqual([]);
  }

  async compact(dedupeBufferBytes: number): Promise<void> {
    const { log, clock } = this.opened;
    const report = await compact(this.opened, { dedupeBufferBytes });
    for (const { offset } of this.written) {
      if (offset < log.logEndOffset && report !== undefined && !this.firstMetMs.has(offset)) {
        this.firstMetMs.set(offset, clock.nowMs());
      }
    }
    if (report !== undefined && !report.isMapFull) await this.#checkClean(report.toOffset);
  }

  /** Below the first dirty offset a key appears once at most. */
  async #checkClean(toOffset: number): Promise<void> {
    const keys = (await readRecords(this.opened.log))
      .filter(({ offset }) => offset < toOffset)
      .map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }
}

async function run(history: readonly Step[]): Promise<void> {
  const world = new World(await openTestLog({ config: CONFIG }));
  for (const step of history) {
    const { log } = world.opened;
    if (step.kind === 'append') await world.append(step);
    if (step.kind === 'compact') await world.compact(step.dedupeBufferBytes);
    if (step.kind === 'advance') await world.opened.clock.advance(step.byMs);
    if (step.kind === 'roll') await log.roll();
    if (step.kind === 'flush') await log.flush();
    if (step.kind === 'again') await world.appendAgain();
    if (step.kind === 'restart') await world.restart('clean');
    if (step.kind === 'crash') await world.restart('crash');
    expect(world.opened.log.isQuarantined).toBe(false);
    expect(world.opened.log.logEndOffset).toBe(world.written.length);
    await world.check();
  }
  await world.appendAgain();
  await world.restart('clean');
  await world.check();
  await world.appendAgain();
  const { fileSystem, log } = world.opened;
  await log.roll();
  await log.flush();
  await checkSegmentFiles(
    fileSystem,
    world.opened.log,
    CONFIG.indexIntervalBytes ?? LOG_CONFIG.indexIntervalBytes.default,
  );
}

test('over random histories a compacted log holds the last value of each key, and nothing that was not written', async () => {
  await fc.assert(fc.asyncProperty(steps, run), { numRuns: Number(process.env['COMPACTION_RUNS'] ?? 150) });
});
