import { ManualClock } from '@tidelog/log/testing';
import { expect, test } from 'vitest';
import { kafkaCall } from '../../../../test/kafka-calls.ts';
import { MemoryBroker } from '../../../../test/memory-broker.ts';

test('a fetch without partitions, with which the Java client closes, is answered without a wait', async () => {
  const clock = new ManualClock();
  await using broker = await MemoryBroker.start({ environment: { clock } });
  const request = { maxWaitMs: 60_000, minBytes: 1, maxBytes: 1000, sessionEpoch: -1, topics: [] };
  const response = await kafkaCall(broker, 'Fetch', 16, request);
  expect(response).toMatchObject({ errorCode: 0, sessionId: 0, responses: [] });
});

test.each([
  { sessionId: -1, sessionEpoch: -1 },
  { sessionId: 7, sessionEpoch: 0 },
])(
  'a fetch that names all its partitions is served, in whatever session ($sessionId, epoch $sessionEpoch)',
  async (session) => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    await broker.produce('orders', ['a']);
    const response = await kafkaCall(broker, 'Fetch', 11, { ...session, ...fetchOf('orders') });
    expect(response).toMatchObject({
      errorCode: 0,
      sessionId: 0,
      responses: [{ topic: 'orders', partitions: [{ errorCode: 0, highWatermark: 1 }] }],
    });
  },
);

test('a fetch that says what changed since the last one is told that there is no session', async () => {
  await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
  const session = { sessionId: 7, sessionEpoch: 1 };
  const response = await kafkaCall(broker, 'Fetch', 11, { ...session, ...fetchOf('orders') });
  expect(response).toMatchObject({ errorCode: 70, sessionId: 0, responses: [] });
});

function fetchOf(topic: string) {
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }];
  return { maxWaitMs: 0, minBytes: 1, maxBytes: 1000, topics: [{ topic, partitions }] };
}

test('the ends of tiers of storage are those of the log, and none; of a topic that is not there they are an error', async () => {
  await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
  await broker.produce('orders', ['a']);
  const rows = [-4, -5].map((timestamp) => ({ partitionIndex: 0, timestamp }));
  const { topics } = await kafkaCall(broker, 'ListOffsets', 9, {
    replicaId: -1,
    topics: ['orders', 'nobody'].map((name) => ({ name, partitions: rows })),
  });
  expect(topics.map(({ partitions }) => partitions.map((row) => [row.errorCode, row.offset]))).toEqual([
    [
      [0, 0],
      [0, -1],
    ],
    [
      [3, -1],
      [3, -1],
    ],
  ]);
});
