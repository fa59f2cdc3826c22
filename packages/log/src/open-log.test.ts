import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { ManualClock } from './manual-clock.ts';
import { openLog, type OpenLogOptions, type StandaloneLog } from './open-log.ts';

const made: string[] = [];
async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidelog-open-log-'));
  made.push(dir);
  return dir;
}
afterEach(async () => {
  for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true });
});

async function open(options: Partial<OpenLogOptions> = {}): Promise<StandaloneLog> {
  return openLog({ dir: await temporaryDir(), ...options });
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function valuesOf(
  log: StandaloneLog,
  options: Parameters<StandaloneLog['read']>[0] = {},
): Promise<string[]> {
  const values: string[] = [];
  for await (const record of log.read(options)) values.push(`${record.offset}:${record.value?.toString()}`);
  return values;
}

describe('a log alone', () => {
  test('gives back what was appended, on the real disk and after opening it again', async () => {
    const dir = await temporaryDir();
    {
      await using log = await openLog({ dir });
      expect(
        await log.append({
          key: 'k',
          value: 'one',
          headers: { a: '1', b: ['2', null] },
          timestampMs: 1_700_000_000_000,
        }),
      ).toEqual({ baseOffset: 0, lastOffset: 0 });
      expect(await log.append([{ value: 'two' }, { value: Buffer.from('three') }, { value: null }])).toEqual({
        baseOffset: 1,
        lastOffset: 3,
      });
    }
    await using log = await openLog({ dir });
    expect(log.recovery.lastShutdown).toBe('clean');
    expect(await valuesOf(log)).toEqual(['0:one', '1:two', '2:three', '3:undefined']);
    const [first] = await collect(log.read({ upToOffset: 1 }));
    expect(first?.key?.toString()).toBe('k');
    expect(first?.timestampMs).toBe(1_700_000_000_000);
    expect(first?.headers.map(({ key, value }) => `${key}=${value?.toString()}`)).toEqual([
      'a=1',
      'b=2',
      'b=undefined',
    ]);
  });

  test('splits many records into batches that fit and appends them together', async () => {
    await using log = await open({
      durability: 'page-cache',
      compression: 'gzip',
      config: { maxMessageBytes: 40_000 },
    });
    const records = Array.from({ length: 2000 }, (_, index) => ({ value: `${index}`.padEnd(100, '.') }));
    expect(await log.append(records)).toEqual({ baseOffset: 0, lastOffset: 1999 });
    expect(await valuesOf(log, { fromOffset: 1500, upToOffset: 1503 })).toEqual(
      ['1500', '1501', '1502'].map((value) => `${value}:${value.padEnd(100, '.')}`),
    );
  });

  test('is locked while it is open', async () => {
    const dir = await temporaryDir();
    await using _log = await openLog({ dir });
    await expect(openLog({ dir })).rejects.toMatchObject({ code: 'DATA_DIR_LOCKED' });
  });

  test('refuses values that are neither text nor bytes', async () => {
    await using log = await open();
    await expect(log.append({ value: 5 as never })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await expect(log.append([])).rejects.toMatchObject({ code: 'INVALID_RECORD' });
  });

  test('deletes records on request and by retention', async () => {
    const clock = new ManualClock();
    await using log = await open({ clock, config: { retentionMs: 1000 } });
    await log.append([{ value: 'a' }, { value: 'b' }]);
    expect(await log.deleteRecordsBefore(1)).toBe(1);
    expect(await valuesOf(log)).toEqual(['1:b']);
    await expect(valuesOf(log, { fromOffset: 0 })).rejects.toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' });
    await clock.advance(5000);
    await log.applyRetention();
    expect(log).toMatchObject({ startOffset: 2, endOffset: 2 });
  });

  test('finds records by time', async () => {
    await using log = await open({ config: {} });
    await log.append([
      { value: 'a', timestampMs: 1000 },
      { value: 'b', timestampMs: 2000 },
    ]);
    expect(await log.offsetForTimestamp(1500)).toMatchObject({ offset: 1, timestampMs: 2000 });
  });
});

describe('a reader that follows', () => {
  test('gets what is appended later', async () => {
    await using log = await open({ durability: 'page-cache' });
    await log.append({ value: 'before' });
    const reader = log.read({ follow: true });
    expect((await reader.next()).value?.value?.toString()).toBe('before');
    const next = reader.next();
    await log.append({ value: 'after' });
    expect((await next).value?.value?.toString()).toBe('after');
  });

  test('ends with its signal and with the log', async () => {
    const log = await open({ durability: 'page-cache' });
    const controller = new AbortController();
    const aborted = collect(log.read({ follow: true, signal: controller.signal }));
    const closed = collect(log.read({ follow: true }));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await aborted).toEqual([]);
    await log.close();
    expect(await closed).toEqual([]);
  });
});

test('a compaction that is asked for needs no timer, which would not keep the process alive', async () => {
  const clock = { ...systemClock, setTimer: () => ({ cancel: () => undefined }) };
  const log = await open({ clock, config: { cleanupPolicy: ['compact'], segmentBytes: 65536 } });
  for (let round = 0; round < 3; round++) {
    const records = Array.from({ length: 2000 }, (_, index) => ({ key: `k${index}`, value: `${round}` }));
    await log.append(records);
  }
  await log.compact();
  expect((await valuesOf(log)).length).toBeLessThan(6000);
  await log.close();
});
