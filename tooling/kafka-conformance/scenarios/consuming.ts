/** Where consumers begin to read. */
import assert from 'node:assert/strict';
import type { ReadFrom } from '../operations.ts';
import type { Scenario, Stage } from '../scenario.ts';

const FIRST_MS = 1_700_000_000_000;
const COUNT = 50;

/** Several batches, a second between records. */
async function fill({ other, topic }: Stage): Promise<void> {
  await other.createTopic(topic, 2);
  for (let first = 0; first < COUNT; first += 10) {
    const records = Array.from({ length: 10 }, (_, index) => ({
      key: `key-${first + index}`,
      value: `value-${first + index}`,
      partition: 1,
      timestampMs: FIRST_MS + (first + index) * 1000,
    }));
    await other.produce(topic, records);
  }
}

const readFrom = (title: string, from: ReadFrom, firstOffset: number): Scenario => ({
  title,
  async run(stage) {
    const { driver, other, topic } = stage;
    await fill(stage);
    const at = { partition: 1, from, count: COUNT - firstOffset };
    const theirs = await driver.call('consume', { topic, ...at });
    assert.deepEqual(
      theirs.map(({ offset }) => offset),
      Array.from({ length: COUNT - firstOffset }, (_, index) => firstOffset + index),
    );
    assert.deepEqual(theirs, await other.consume(topic, at));
  },
});

export const CONSUMING: readonly Scenario[] = [
  readFrom('consume from the beginning', 'beginning', 0),
  // Both in the middle of a batch.
  readFrom('consume from an offset', { offset: 23 }, 23),
  readFrom('consume from a timestamp', { timestampMs: FIRST_MS + 36_500 }, 37),
  {
    title: 'first and last offset',
    async run(stage) {
      const { driver, other, topic } = stage;
      await fill(stage);
      await other.admin.deleteRecords(topic, [{ partition: 1, beforeOffset: 5 }]);
      const range = await driver.call('offsetRange', { topic, partition: 1 });
      assert.deepEqual(range, { beginning: 5, end: COUNT });
    },
  },
];
