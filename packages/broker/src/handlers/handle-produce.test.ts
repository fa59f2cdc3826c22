import { describe, expect, test } from 'vitest';
import { BATCH_HEADER_BYTES } from '@tidelog/record';
import { MemoryBroker } from '../../test/memory-broker.ts';
import { batchOf } from '../../test/test-batches.ts';
import type { Acks } from '../requests.ts';
import { MAX_ROWS_IN_FLIGHT } from './handle-produce.ts';

const nowBatch = (values: readonly string[]): Buffer => batchOf(values, { timestampMs: Date.now() });

describe('produce', () => {
  test('batches get consecutive offsets and are read back, byte for byte but for offset and epoch', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    const batch = nowBatch(['b', 'c']);
    const sent = Buffer.from(batch);
    expect(await broker.produce('orders', ['a'])).toMatchObject({ baseOffset: 0, logAppendTimeMs: -1 });
    expect(await broker.produce('orders', batch)).toMatchObject({ baseOffset: 1, logStartOffset: 0 });
    const { results } = await broker.fetch([{ topic: 'orders', fetchOffset: 1 }]);
    const read = results[0]?.records as Buffer;
    expect(read.readBigInt64BE(0)).toBe(1n);
    expect(read.subarray(16).equals(sent.subarray(16))).toBe(true);
  });

  test.each([[0], [1], [-1]] as Acks[][])('acks=%i appends', async (acks) => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    expect((await broker.produce('orders', ['a'], { acks: acks as Acks })).error).toBeUndefined();
    await broker.produce('orders', ['b']);
    expect((await broker.fetch([{ topic: 'orders' }])).values).toEqual([['a', 'b']]);
  });

  test('requests that are dispatched one after the other are appended in that order', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    const values = Array.from({ length: 50 }, (_, index) => `v${index}`);
    await Promise.all(values.map((value) => broker.produce('orders', [value])));
    expect((await broker.fetch([{ topic: 'orders' }])).values).toEqual([values]);
  });

  test('a request is refused, to be sent again, while too many batches of others are being written', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    const { produceRowsInFlight } = broker.launched.core;
    produceRowsInFlight.value = MAX_ROWS_IN_FLIGHT;
    await expect(broker.produce('orders', ['a'])).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' });
    produceRowsInFlight.value -= 1;
    expect(await broker.produce('orders', ['a'])).toMatchObject({ baseOffset: 0 });
    expect(produceRowsInFlight.value).toBe(MAX_ROWS_IN_FLIGHT - 1);
  });

  test('an acknowledged batch survives a power loss at once', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 2 } });
    await broker.produce('orders', ['a'], { partition: 1 });
    await broker.produce('orders', ['b'], { partition: 1, acks: 1 });
    await using after = await MemoryBroker.start({}, broker.kill('power-loss', 3));
    const { values } = await after.fetch([{ topic: 'orders', partition: 1 }]);
    expect(values).toEqual([['a', 'b']]);
  });

  test('one bad row does not spoil the others', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 2 } });
    const { partitions } = await broker.dispatch('produce', {
      acks: -1,
      timeoutMs: 1000,
      partitions: [
        { topic: 'orders', partition: 0, records: nowBatch(['a']) },
        { topic: 'orders', partition: 7, records: nowBatch(['b']) },
        { topic: 'nothere', partition: 0, records: nowBatch(['c']) },
        { topic: 'orders', partition: 1, records: nowBatch(['d']) },
      ],
    });
    expect(partitions.map((row) => row.error?.code)).toEqual([
      undefined,
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_TOPIC_OR_PARTITION',
      undefined,
    ]);
    expect(partitions[1]?.error?.message).toContain('"orders" has no partition 7; it has 2, from 0');
    expect(partitions[2]?.error?.message).toContain('there is no topic "nothere"');
  });

  test.each<[string, (batch: Buffer) => Buffer, string]>([
    ['nothing at all', () => Buffer.alloc(0), 'INVALID_RECORD'],
    ['a cut batch', (batch) => batch.subarray(0, batch.length - 1), 'CORRUPT_MESSAGE'],
    ['two batches', (batch) => Buffer.concat([batch, batch]), 'INVALID_RECORD'],
    ['a flipped bit', (batch) => flip(batch, batch.length - 1), 'CORRUPT_MESSAGE'],
    ['magic 1', (batch) => setByte(batch, 16, 1), 'UNSUPPORTED_FOR_MESSAGE_FORMAT'],
    ['a length of 2 GB', (batch) => setByte(batch, 8, 0x7f), 'CORRUPT_MESSAGE'],
    ['a negative length', (batch) => setByte(batch, 8, 0xff), 'CORRUPT_MESSAGE'],
    ['61 random bytes', () => Buffer.alloc(BATCH_HEADER_BYTES, 0x5a), 'CORRUPT_MESSAGE'],
    ['a control batch', () => batchOf(['a'], { isControl: true, timestampMs: Date.now() }), 'INVALID_RECORD'],
    [
      'a batch of the next year',
      () => batchOf(['a'], { timestampMs: Date.now() + 365 * 86_400_000 }),
      'INVALID_TIMESTAMP',
    ],
    ['a batch over the limit', () => nowBatch(['x'.repeat(5000)]), 'MESSAGE_TOO_LARGE'],
  ])('%s is refused, and the partition goes on', async (_what, spoil, code) => {
    await using broker = await MemoryBroker.start({
      topics: { orders: { configs: { 'max.message.bytes': 4000 } } },
    });
    const refused = await broker.produce('orders', spoil(nowBatch(['a'])));
    expect(refused).toMatchObject({ error: { code }, baseOffset: -1 });
    expect(refused.error?.message.length).toBeGreaterThan(10);
    expect((await broker.produce('orders', ['b'])).baseOffset).toBe(0);
  });

  test('acks other than 0, 1 and −1 are refused, as are impossible time limits', async () => {
    await using broker = await MemoryBroker.start();
    const request = { timeoutMs: 1000, partitions: [] };
    await expect(broker.dispatch('produce', { ...request, acks: 2 as Acks })).rejects.toMatchObject({
      code: 'INVALID_REQUIRED_ACKS',
    });
    await expect(broker.dispatch('produce', { ...request, acks: 1, timeoutMs: -1 })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await expect(
      broker.dispatch('produce', { ...request, acks: 1, timeoutMs: Number.NaN }),
    ).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('more replicas are asked for than there are: acks=all is refused, acks=1 is not', async () => {
    await using broker = await MemoryBroker.start({
      topics: { orders: { configs: { 'min.insync.replicas': 2 } } },
    });
    expect((await broker.produce('orders', ['a'])).error?.code).toBe('NOT_ENOUGH_REPLICAS');
    expect((await broker.produce('orders', ['a'], { acks: 1 })).error).toBeUndefined();
  });

  test('an idempotent batch that is sent twice is appended once and answered alike', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    const { producerId, producerEpoch } = await broker.dispatch('initProducerId', {
      transactionTimeoutMs: 0,
    });
    const batch = (baseSequence: number): Buffer =>
      batchOf([`v${baseSequence}`], { producerId, producerEpoch, baseSequence, timestampMs: Date.now() });
    expect((await broker.produce('orders', batch(0))).baseOffset).toBe(0);
    expect((await broker.produce('orders', batch(1))).baseOffset).toBe(1);
    expect((await broker.produce('orders', batch(0))).baseOffset).toBe(0);
    expect((await broker.produce('orders', batch(5))).error?.code).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
    expect((await broker.fetch([{ topic: 'orders' }])).values).toEqual([['v0', 'v1']]);
  });

  test('a topic that stamps records itself answers with its time', async () => {
    await using broker = await MemoryBroker.start({
      topics: { orders: { configs: { 'message.timestamp.type': 'LogAppendTime' } } },
    });
    const before = Date.now();
    const { logAppendTimeMs } = await broker.produce('orders', batchOf(['a'], { timestampMs: 5 }));
    expect(logAppendTimeMs).toBeGreaterThanOrEqual(before);
  });

  test("clients cannot write to the broker's own topics", async () => {
    await using broker = await MemoryBroker.start();
    await broker.dispatch('initProducerId', { transactionTimeoutMs: 0 });
    expect((await broker.produce('__producer_ids', ['a'])).error?.code).toBe('INVALID_TOPIC_EXCEPTION');
  });

  test('a full disk is a storage error that says so; reads go on, and writes when there is space again', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    await broker.produce('orders', ['a']);
    broker.fileSystem.capacityBytes = broker.fileSystem.usedBytes + 10;
    const refused = await broker.produce('orders', ['x'.repeat(1000)]);
    expect(refused.error).toMatchObject({ code: 'KAFKA_STORAGE_ERROR', retriable: true });
    expect(refused.error?.message).toMatch(/space/);
    expect((await broker.fetch([{ topic: 'orders' }])).values).toEqual([['a']]);
    broker.fileSystem.capacityBytes = Number.MAX_SAFE_INTEGER;
    expect((await broker.produce('orders', ['b'])).error).toBeUndefined();
    expect((await broker.fetch([{ topic: 'orders' }])).values).toEqual([['a', 'b']]);
  });
});

function flip(batch: Buffer, position: number): Buffer {
  return setByte(batch, position, (batch[position] as number) ^ 1);
}

function setByte(batch: Buffer, position: number, value: number): Buffer {
  const copy = Buffer.from(batch);
  copy[position] = value;
  return copy;
}
