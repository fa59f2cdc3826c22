/**
 * Bad input as it comes through the socket of a real broker: each is answered with a clear error, and a healthy
 * client beside it is served all along.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeRequest, type ResponseHead } from '@tidelog/protocol';
import { errorCodeOf } from '@tidelog/record/errors';
import { startBroker, type Broker } from '../src/index.ts';
import { recordBatch } from './hostile-frames.ts';
import { TestClient } from './test-client.ts';

let broker: Broker;
let port: number;
let topicId: Buffer;
let healthy: TestClient;

beforeAll(async () => {
  broker = await startBroker({ durability: 'page-cache', topics: { orders: 1 } });
  port = Number(broker.brokers[0]?.split(':').at(-1));
  healthy = await TestClient.connect(port);
  const { topics } = await healthy.call('METADATA', { topicNames: ['orders'] });
  topicId = Buffer.from(topics[0]?.topicId ?? []);
});

afterAll(async () => {
  healthy.socket.destroy();
  await broker.close();
});

interface Answer {
  readonly code: string;
  readonly message: string;
}

/** Produces, and gives the error of the one partition. */
async function produce(
  client: TestClient,
  records: Buffer,
  { topic = topicId, partition = 0 }: { topic?: Buffer; partition?: number } = {},
): Promise<Answer> {
  const partitions = [{ topicId: topic, partition, records }];
  const answer = await client.call('PRODUCE', { acks: -1, timeoutMs: 10_000, partitions });
  const row = answer.partitions[0];
  const number = row?.errorCode ?? 0;
  return { code: number === 0 ? 'NONE' : errorCodeOf(number), message: row?.errorMessage ?? '' };
}

async function expectHealthy(): Promise<void> {
  expect(await produce(healthy, await recordBatch(3, 10))).toEqual({ code: 'NONE', message: '' });
}

/** The error response to bytes that are no request, after which the broker ends the connection. */
async function sendAndClose(bytes: Buffer): Promise<ResponseHead | undefined> {
  const client = await TestClient.connect(port);
  const heads: ResponseHead[] = [];
  client.onResponse = (head) => heads.push(head);
  client.send(bytes);
  await client.closed();
  return heads[0];
}

describe('a produce request', () => {
  const batch = (change: (records: Buffer) => void): Promise<Buffer> =>
    recordBatch(5, 50).then((records) => {
      change(records);
      return records;
    });

  test('for a topic that does not exist', async () => {
    const answer = await produce(healthy, await recordBatch(1, 1), { topic: Buffer.alloc(16, 9) });
    expect(answer.code).toBe('UNKNOWN_TOPIC_ID');
    expect(answer.message).not.toBe('');
    await expectHealthy();
  });

  test('for a partition that the topic has not', async () => {
    const answer = await produce(healthy, await recordBatch(1, 1), { partition: 7 });
    expect(answer.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(answer.message).toContain('7');
    await expectHealthy();
  });

  test('with a batch over max.message.bytes', async () => {
    const answer = await produce(healthy, await recordBatch(3, 600_000));
    expect(answer.code).toBe('MESSAGE_TOO_LARGE');
    expect(answer.message).toMatch(/\d{7}/);
    await expectHealthy();
  });

  test('with a wrong CRC', async () => {
    const answer = await produce(
      healthy,
      await batch((records) => records.writeUInt8(0xff, records.length - 1)),
    );
    expect(answer).toMatchObject({
      code: 'CORRUPT_MESSAGE',
      message: expect.stringMatching(/crc/i) as string,
    });
    await expectHealthy();
  });

  test('with a wrong magic byte', async () => {
    const answer = await produce(healthy, await batch((records) => records.writeUInt8(1, 16)));
    expect(['UNSUPPORTED_FOR_MESSAGE_FORMAT', 'CORRUPT_MESSAGE']).toContain(answer.code);
    expect(answer.message).toMatch(/magic/i);
    await expectHealthy();
  });

  test('with half a batch, or none', async () => {
    const records = await recordBatch(5, 50);
    for (const part of [records.subarray(0, records.length - 10), records.subarray(0, 20), Buffer.alloc(0)]) {
      const answer = await produce(healthy, part);
      expect(['CORRUPT_MESSAGE', 'INVALID_RECORD', 'INVALID_REQUEST']).toContain(answer.code);
    }
    await expectHealthy();
  });
});

describe('a connection', () => {
  test('that declares 2 GB', async () => {
    const head = await sendAndClose(Buffer.from([0x7f, 0xff, 0xff, 0xff, 1, 2, 3, 4]));
    expect(head?.error).toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringContaining('2147483647') as string,
    });
    await expectHealthy();
  });

  test('that sends something else than requests', async () => {
    const head = await sendAndClose(Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    expect(head?.error?.code).toBe('INVALID_REQUEST');
    await expectHealthy();
  });

  test('that breaks in the middle of a request', async () => {
    const client = await TestClient.connect(port);
    const frame = Buffer.concat(encodeRequest('METADATA', 1, { allTopics: true }));
    client.send(frame.subarray(0, frame.length - 1));
    client.socket.end();
    await client.closed();
    await expectHealthy();
  });

  test('that asks much and never reads', { timeout: 30_000 }, async () => {
    const client = await TestClient.connect(port);
    client.socket.pause();
    const asks = Buffer.concat(
      Array.from({ length: 500 }, (_, id) =>
        Buffer.concat(encodeRequest('METADATA', id, { allTopics: true })),
      ),
    );
    for (let round = 0; round < 100 && client.socket.writableLength < 1_000_000; round++) {
      client.send(asks);
      await expectHealthy();
    }
    client.socket.destroy();
    await expectHealthy();
  });
});
