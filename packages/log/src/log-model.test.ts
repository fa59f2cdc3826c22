import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  NOW_MS,
  openTestLog,
  readValues,
  textBatch,
  type TestLog,
  type TestLogOptions,
} from '../test/log-fixture.ts';
import { PerFileCommitter } from './per-file-committer.ts';

/** What a log should hold: every record ever appended, and from where on it may be read. */
interface Model {
  values: string[];
  /** Base offsets of the batches, rising. */
  batches: number[];
  logStartOffset: number;
}

type Command =
  | { readonly do: 'append'; readonly batches: readonly number[]; readonly valueBytes: number }
  | { readonly do: 'read'; readonly from: number; readonly maxBytes: number }
  | { readonly do: 'delete' | 'truncate' | 'find'; readonly at: number }
  | { readonly do: 'roll' | 'flush' | 'retain' | 'reopen' | 'kill' };

const fraction = fc.nat({ max: 1000 });
const commands = fc.array(
  fc.oneof<[...fc.Arbitrary<Command>[]]>(
    fc.record({
      do: fc.constant('append' as const),
      batches: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }),
      valueBytes: fc.integer({ min: 0, max: 60 }),
    }),
    fc.record({
      do: fc.constant('read' as const),
      from: fraction,
      maxBytes: fc.integer({ min: 0, max: 3000 }),
    }),
    fc.record({ do: fc.constantFrom('delete' as const, 'truncate' as const, 'find' as const), at: fraction }),
    fc.record({
      do: fc.constantFrom(
        'roll' as const,
        'flush' as const,
        'retain' as const,
        'reopen' as const,
        'kill' as const,
      ),
    }),
  ),
  { maxLength: 40, size: 'max' },
);

test('a log behaves as an array of records, whatever is done to it', async () => {
  await fc.assert(
    fc.asyncProperty(
      commands,
      fc.record({
        segmentBytes: fc.constantFrom(1024, 3000, 100_000),
        indexIntervalBytes: fc.constantFrom(0, 200, 4096),
        durability: fc.constantFrom('fsync' as const, 'page-cache' as const),
        retentionBytes: fc.constantFrom(-1, 2000),
      }),
      async (steps, config) => {
        let opened = await openTestLog({ config });
        const model: Model = { values: [], batches: [], logStartOffset: 0 };
        for (const step of steps) {
          opened = await run(step, opened, model, { config });
          expect(opened.log.logEndOffset).toBe(model.values.length);
          expect(opened.log.logStartOffset).toBe(model.logStartOffset);
        }
        expect(await readValues(opened.log)).toEqual(expectedFrom(model, model.logStartOffset));
      },
    ),
    { numRuns: 120 },
  );
});

async function run(step: Command, opened: TestLog, model: Model, options: TestLogOptions): Promise<TestLog> {
  const { log } = opened;
  const { logEndOffset } = log;
  const offsetAt = (per1000: number): number =>
    model.logStartOffset + Math.floor(((logEndOffset - model.logStartOffset) * per1000) / 1000);
  switch (step.do) {
    case 'append':
      await appendAll(step, opened, model);
      return opened;
    case 'read':
      await checkRead(opened, model, { ...step, from: offsetAt(step.from) });
      return opened;
    case 'delete':
      model.logStartOffset = offsetAt(step.at);
      await log.deleteRecordsBefore(model.logStartOffset);
      return opened;
    case 'truncate':
      await truncate(opened, model, offsetAt(step.at));
      return opened;
    case 'find': {
      const offset = offsetAt(step.at);
      const found = await log.offsetForTimestamp(NOW_MS + offset);
      expect(found?.offset).toBe(offset < logEndOffset ? offset : undefined);
      return opened;
    }
    case 'roll':
      await log.roll();
      return opened;
    case 'flush':
      await log.flush();
      return opened;
    case 'retain':
      await log.applyRetention(opened.clock.nowMs(), { highWatermark: logEndOffset });
      // Which segments went is the policy's affair; what is left must still be right.
      expect(log.logStartOffset).toBeGreaterThanOrEqual(model.logStartOffset);
      model.logStartOffset = log.logStartOffset;
      return opened;
    case 'reopen':
      await log.close();
      return reopen(opened, options, 'clean');
    case 'kill': {
      const survivor = opened.fileSystem.crash({ kind: 'process-kill', seed: 0 });
      return reopen({ ...opened, fileSystem: survivor }, options, 'process-crash');
    }
  }
}

async function appendAll(
  step: Extract<Command, { do: 'append' }>,
  opened: TestLog,
  model: Model,
): Promise<void> {
  const results = step.batches.map((recordCount) => {
    const offset = model.values.length;
    const values = Array.from({ length: recordCount }, (_, index) =>
      `${offset + index}`.padEnd(step.valueBytes, '.'),
    );
    model.batches.push(offset);
    model.values.push(...values);
    // Timestamps rise with the offsets, so that a search by time has one answer.
    return {
      offset,
      result: opened.log.append(textBatch({ values, timestampMs: NOW_MS + offset }), { leaderEpoch: 0 }),
    };
  });
  for (const { offset, result } of results) expect((await result).baseOffset).toBe(offset);
}

async function checkRead(
  opened: TestLog,
  model: Model,
  step: { from: number; maxBytes: number },
): Promise<void> {
  const read = await opened.log.read({ fromOffset: step.from, maxBytes: step.maxBytes, minOneBatch: true });
  const isAtEnd = step.from === model.values.length;
  expect(read.bytes.length > 0).toBe(!isAtEnd);
  expect([...model.batches, model.values.length]).toContain(isAtEnd ? model.values.length : read.nextOffset);
  read.release();
  const upToOffset = Math.min(model.values.length, step.from + 5);
  const values = await readValues(opened.log, { fromOffset: step.from, maxBytes: step.maxBytes });
  expect(values.slice(0, upToOffset - step.from)).toEqual(
    expectedFrom(model, step.from).slice(0, upToOffset - step.from),
  );
}

async function truncate(opened: TestLog, model: Model, offset: number): Promise<void> {
  await opened.log.truncateTo(offset);
  if (offset === model.values.length) return;
  const cut = model.batches.findLast((baseOffset) => baseOffset <= offset) ?? 0;
  model.values.length = cut;
  model.batches = model.batches.filter((baseOffset) => baseOffset < cut);
  model.logStartOffset = Math.min(model.logStartOffset, cut);
}

function expectedFrom(model: Model, fromOffset: number): string[] {
  return model.values.slice(fromOffset).map((value, index) => `${fromOffset + index}:${value}`);
}

function reopen(
  opened: TestLog,
  options: TestLogOptions,
  lastShutdown: 'clean' | 'process-crash',
): Promise<TestLog> {
  const { logStartOffset, recoveryPoint } = opened.log;
  return openTestLog({
    ...options,
    fileSystem: opened.fileSystem,
    clock: opened.clock,
    committer: new PerFileCommitter(),
    lastShutdown,
    logStartOffset,
    recoveryPoint,
  });
}
