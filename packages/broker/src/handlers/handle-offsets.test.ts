/** ListOffsets, DeleteRecords, InitProducerId and Hello. */
import { describe, expect, test } from 'vitest';
import { MemoryBroker } from '../../test/memory-broker.ts';
import { batchOf } from '../../test/test-batches.ts';
import type { DeleteRecordsResult, ListOffsetsResult } from '../requests.ts';

async function offsetOf(broker: MemoryBroker, timestampMs: number): Promise<ListOffsetsResult> {
  const { partitions } = await broker.dispatch('listOffsets', {
    isolationLevel: 'read_uncommitted',
    partitions: [{ topic: 'orders', partition: 0, timestampMs }],
  });
  return partitions[0] as ListOffsetsResult;
}

async function deleteBefore(broker: MemoryBroker, beforeOffset: number): Promise<DeleteRecordsResult> {
  const { partitions } = await broker.dispatch('deleteRecords', {
    partitions: [{ topic: 'orders', partition: 0, beforeOffset }],
    timeoutMs: 1000,
  });
  return partitions[0] as DeleteRecordsResult;
}

async function brokerWithTimes(timesMs: readonly number[]): Promise<MemoryBroker> {
  const broker = await MemoryBroker.start({ topics: { orders: 1 } });
  for (const timestampMs of timesMs) await broker.produce('orders', batchOf(['v'], { timestampMs }));
  return broker;
}

describe('offsets', () => {
  test('earliest, latest, largest timestamp, and the first at or after a time', async () => {
    const start = Date.now() - 100_000;
    await using broker = await brokerWithTimes([start, start + 20, start + 10]);
    expect(await offsetOf(broker, -2)).toEqual({ offset: 0, timestampMs: -1, leaderEpoch: 0 });
    expect(await offsetOf(broker, -1)).toEqual({ offset: 3, timestampMs: -1, leaderEpoch: 0 });
    expect(await offsetOf(broker, -3)).toMatchObject({ offset: 1, timestampMs: start + 20 });
    expect(await offsetOf(broker, start + 1)).toMatchObject({ offset: 1, timestampMs: start + 20 });
    expect(await offsetOf(broker, start + 21)).toEqual({ offset: -1, timestampMs: -1, leaderEpoch: -1 });
    expect((await offsetOf(broker, -4)).error?.code).toBe('INVALID_REQUEST');
    expect((await offsetOf(broker, Number.NaN)).error?.code).toBe('INVALID_REQUEST');
  });

  test('lookups by time wait for memory, those of the ends do not', async () => {
    await using broker = await brokerWithTimes([Date.now()]);
    const { lookupMemory } = broker.launched.core;
    const held = await lookupMemory.reserve(Infinity, []);
    const timesMs = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 0 : -3));
    const found = broker.dispatch('listOffsets', {
      isolationLevel: 'read_uncommitted',
      partitions: timesMs.map((timestampMs) => ({ topic: 'orders', partition: 0, timestampMs })),
    });
    expect((await offsetOf(broker, -1)).offset).toBe(1);
    expect((await offsetOf(broker, -2)).offset).toBe(0);
    expect(lookupMemory.waitingCount).toBe(50);
    held?.release();
    expect((await found).partitions.map(({ offset }) => offset)).toEqual(timesMs.map(() => 0));
    expect(lookupMemory.takenBytes).toBe(0);
  });

  test('a request for many times has few lookups in the line for memory, and stops when its client goes', async () => {
    await using broker = await brokerWithTimes([Date.now()]);
    const { lookupMemory } = broker.launched.core;
    const held = await lookupMemory.reserve(Infinity, []);
    const found = broker.dispatch('listOffsets', {
      isolationLevel: 'read_uncommitted',
      partitions: Array.from({ length: 20_000 }, () => ({ topic: 'orders', partition: 0, timestampMs: 0 })),
    });
    expect(lookupMemory.waitingCount).toBeLessThan(100);
    broker.dropConnection();
    const { partitions } = await found;
    expect(partitions).toHaveLength(20_000);
    expect(partitions.filter(({ error }) => error === undefined)).toEqual([]);
    expect(lookupMemory.waitingCount).toBe(0);
    held?.release();
  });

  test('an empty partition begins and ends at 0', async () => {
    await using broker = await brokerWithTimes([]);
    expect((await offsetOf(broker, -2)).offset).toBe(0);
    expect((await offsetOf(broker, -1)).offset).toBe(0);
    expect((await offsetOf(broker, -3)).offset).toBe(-1);
  });

  test('records before an offset can be deleted; who asks for them is told where the log begins', async () => {
    await using broker = await brokerWithTimes([Date.now(), Date.now(), Date.now()]);
    expect(await deleteBefore(broker, 2)).toEqual({ logStartOffset: 2 });
    expect((await offsetOf(broker, -2)).offset).toBe(2);
    const { results } = await broker.fetch([{ topic: 'orders', fetchOffset: 1 }]);
    expect(results[0]).toMatchObject({ error: { code: 'OFFSET_OUT_OF_RANGE' }, logStartOffset: 2 });
    expect(await deleteBefore(broker, 1)).toEqual({ logStartOffset: 2 });
    expect((await deleteBefore(broker, 4)).error?.code).toBe('OFFSET_OUT_OF_RANGE');
    expect((await deleteBefore(broker, -2)).error?.code).toBe('OFFSET_OUT_OF_RANGE');
    expect(await deleteBefore(broker, -1)).toEqual({ logStartOffset: 3 });
    await using after = await MemoryBroker.start({}, broker.kill('power-loss', 2));
    expect((await offsetOf(after, -2)).offset).toBe(3);
  });
});

describe('producer ids', () => {
  test('no id is given out twice, not even after a power loss', async () => {
    let fileSystem;
    const ids = new Set<number>();
    let clusterPrefix: number | undefined;
    for (let start = 0; start < 3; start++) {
      const broker: MemoryBroker = await MemoryBroker.start({}, fileSystem);
      const answers = await Promise.all(
        Array.from({ length: 1500 }, () => broker.dispatch('initProducerId', { transactionTimeoutMs: 0 })),
      );
      for (const { producerId, producerEpoch } of answers) {
        expect(Number.isSafeInteger(producerId)).toBe(true);
        expect(producerEpoch).toBe(0);
        const prefix = Math.floor(producerId / 2 ** 33);
        clusterPrefix ??= prefix;
        expect(prefix).toBe(clusterPrefix);
        expect(prefix).toBeGreaterThan(0);
        ids.add(producerId);
      }
      fileSystem = broker.kill('power-loss', start);
      await broker.launched.broker.close();
    }
    expect(ids.size).toBe(4500);
  });

  test('a transactional id is refused: this broker has no transactions', async () => {
    await using broker = await MemoryBroker.start();
    await expect(
      broker.dispatch('initProducerId', { transactionalId: 'tx', transactionTimeoutMs: 1 }),
    ).rejects.toMatchObject({ code: 'INVALID_REQUEST', message: expect.stringContaining('no transactions') });
  });
});

test('hello tells who the broker is, what it speaks and how large a request may be', async () => {
  await using broker = await MemoryBroker.start({ maxRequestBytes: 5_000_000 });
  const hello = { clientId: 'c', clientSoftwareName: 's', clientSoftwareVersion: '1' };
  const { clusterId } = broker.launched.broker;
  expect(await broker.dispatch('hello', { ...hello, protocolVersion: 99 })).toMatchObject({
    protocolVersion: 1,
    clusterId,
    brokerId: 1,
    maxRequestBytes: 5_000_000,
  });
  await expect(broker.dispatch('hello', { ...hello, protocolVersion: 0 })).rejects.toMatchObject({
    code: 'UNSUPPORTED_VERSION',
  });
});
