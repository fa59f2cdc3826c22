/** Metadata and topics. */
import assert from 'node:assert/strict';
import { until, type Scenario } from '../scenario.ts';

export const TOPICS: readonly Scenario[] = [
  {
    title: 'metadata',
    async run({ driver, other, topic }) {
      await other.createTopic(topic, 3);
      const metadata = await driver.call('metadata', { topic });
      assert.deepEqual(metadata, { brokerCount: 1, partitionCount: 3 });
    },
  },
  {
    title: 'list topics',
    async run({ driver, other, topic }) {
      await other.createTopic(topic);
      assert.ok((await driver.call('listTopics', {})).includes(topic));
    },
  },
  {
    title: 'create and delete a topic',
    async run({ driver, other, topic }) {
      await driver.call('createTopic', { topic, partitions: 4 });
      const [described] = await other.admin.describeTopics([topic]);
      assert.equal(described?.partitions.length, 4);
      await driver.call('produce', { topic, records: [{ key: 'k', value: 'v' }] });
      await driver.call('deleteTopic', { topic });
      await until(
        'the topic going away',
        () => other.admin.listTopics(),
        (topics) => topics.every((row) => row.topic !== topic),
      );
    },
  },
];
