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
