/** The calls of administrators. */
import assert from 'node:assert/strict';
import { until, type Scenario, type Stage } from '../scenario.ts';

/** An empty group of the client with an offset. */
async function makeGroup({ other, topic, groupId }: Stage): Promise<void> {
  await other.createTopic(topic);
  await other.produce(
    topic,
    ['a', 'b', 'c'].map((value) => ({ key: null, value })),
  );
  await other.admin.setOffsets(groupId, [{ topic, partition: 0, offset: 2 }]);
}

export const ADMINISTRATION: readonly Scenario[] = [
  {
    title: 'describe the cluster',
    async run({ driver, other }) {
      const described = await driver.call('describeCluster', {});
      const { clusterId } = await other.admin.describeCluster();
      assert.equal(described.brokerCount, 1);
      if (described.clusterId !== null) assert.equal(described.clusterId, clusterId);
    },
  },
  {
    title: 'describe configs',
    async run({ driver, other, topic }) {
      const configs = { 'retention.ms': '12345678', 'cleanup.policy': 'compact' };
      await other.admin.createTopics([{ topic, partitions: 1, configs }]);
      const described = await driver.call('describeConfigs', { topic });
      for (const [name, value] of Object.entries(configs)) assert.equal(described[name], value);
      assert.equal(described['min.insync.replicas'], '1');
    },
  },
  {
    title: 'alter configs',
    async run({ driver, other, topic }) {
      await other.createTopic(topic);
      await driver.call('alterConfigs', { topic, configs: { 'retention.ms': '987654321' } });
      const entries = await other.admin.describeConfigs({ topic });
      assert.equal(entries.find(({ name }) => name === 'retention.ms')?.value, '987654321');
    },
  },
  {
    title: 'add partitions',
    async run({ driver, other, topic }) {
      await other.createTopic(topic, 2);
      await driver.call('createPartitions', { topic, totalCount: 5 });
      const [described] = await other.admin.describeTopics([topic]);
      assert.equal(described?.partitions.length, 5);
    },
  },
  {
    title: 'delete records',
    async run({ driver, other, topic }) {
      await other.createTopic(topic);
      const records = Array.from({ length: 10 }, (_, index) => ({ key: null, value: `v${index}` }));
      await other.produce(topic, records);
      await driver.call('deleteRecords', { topic, partition: 0, beforeOffset: 7 });
      const [first] = await other.admin.listOffsets(topic, 'earliest');
      assert.equal(first?.offset, 7);
    },
  },
  {
    title: 'list groups',
    async run(stage) {
      await makeGroup(stage);
      assert.ok((await stage.driver.call('listGroups', {})).includes(stage.groupId));
    },
  },
  {
    title: 'describe a group',
    async run(stage) {
      const { driver, other, topic, groupId } = stage;
      await other.createTopic(topic);
      const member = await stage.addDriver();
      await member.call('join', { groupId, topic });
      const described = await until(
        'a stable group',
        () => driver.call('describeGroup', { groupId }),
        ({ state }) => state.toLowerCase() === 'stable',
      );
      assert.equal(described.memberCount, 1);
    },
  },
  {
    title: 'list the offsets of a group',
    async run(stage) {
      const { driver, topic, groupId } = stage;
      await makeGroup(stage);
      assert.deepEqual(await driver.call('groupOffsets', { groupId, topic }), [{ partition: 0, offset: 2 }]);
    },
  },
  {
    title: 'set the offsets of a group',
    async run(stage) {
      const { driver, other, topic, groupId } = stage;
      await makeGroup(stage);
      await driver.call('setGroupOffsets', { groupId, topic, offsets: [{ partition: 0, offset: 1 }] });
      const [row] = await other.admin.fetchOffsets(groupId);
      assert.equal(row?.offset, 1);
    },
  },
  {
    title: 'delete a group',
    async run(stage) {
      const { driver, other, groupId } = stage;
      await makeGroup(stage);
      await driver.call('deleteGroup', { groupId });
      const groups = await other.admin.listGroups();
      assert.ok(groups.every((group) => group.groupId !== groupId));
    },
  },
];
