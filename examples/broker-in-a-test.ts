/**
 * A real broker inside a test: on a free port, with a directory of its own, gone at the end of the block. Any
 * number of them run side by side. Run this file with any test runner, or as it is.
 */
import { startTestBroker } from '@tidelog/broker/testing';
import { Tidelog } from '@tidelog/client';
import assert from 'node:assert/strict';
import { test } from 'node:test';

/** What is to be tested: it announces each fruit once. */
async function announceFruit(tidelog: Tidelog, fruit: string): Promise<void> {
  await tidelog
    .producer()
    .send({ topic: 'fruit', messages: [{ key: fruit, value: `${fruit} is in season` }] });
}

test('each fruit is announced', async () => {
  await using broker = await startTestBroker({ topics: { fruit: 1 } });
  await using tidelog = new Tidelog({ brokers: broker.brokers });

  await announceFruit(tidelog, 'banana');
  await announceFruit(tidelog, 'cherry');

  const announced: string[] = [];
  for await (const record of tidelog.consumer({ topics: ['fruit'], startFrom: 'earliest' })) {
    announced.push(String(record.value));
    if (announced.length === 2) break;
  }
  assert.deepEqual(announced, ['banana is in season', 'cherry is in season']);
});
