/** Consumer groups: two members, and offsets that outlive them and are the same through either door. */
import assert from 'node:assert/strict';
import type { Driver } from '../driver.ts';
import { until, type Scenario, type Stage } from '../scenario.ts';

const PARTITIONS = 4;
const PER_PARTITION = 5;
const ALL = PARTITIONS * PER_PARTITION;

async function fill({ other, topic }: Stage, round = 0): Promise<void> {
  const records = Array.from({ length: ALL }, (_, index) => ({
    key: null,
    value: `round-${round}-${index}`,
    partition: index % PARTITIONS,
  }));
  await other.produce(topic, records);
}

const assignedOf = async (member: Driver): Promise<readonly number[]> =>
  (await member.call('member', {})).assigned;

const valuesOf = async (member: Driver): Promise<(string | null)[]> =>
  (await member.call('member', {})).records.map(({ value }) => value);

/** Waits until the members own every partition between them, each at least one, none twice. */
async function assignment(members: readonly Driver[]): Promise<void> {
  await until(
    `an assignment to ${members.length}`,
    () => Promise.all(members.map(assignedOf)),
    (shares) => {
      const owned = shares.flat();
      return shares.every(({ length }) => length > 0) && isEach(owned);
    },
  );
}

const isEach = (partitions: readonly number[]): boolean =>
  partitions.length === PARTITIONS && new Set(partitions).size === PARTITIONS;

async function reading(members: readonly Driver[], values: ReadonlySet<string>): Promise<void> {
  await until(
    'all records',
    async () => new Set((await Promise.all(members.map(valuesOf))).flat()),
    (read) => [...values].every((value) => read.has(value)),
  );
}

const valuesOfRound = (round: number): Set<string> =>
  new Set(Array.from({ length: ALL }, (_, index) => `round-${round}-${index}`));

const twoMembers = (title: string, protocol: 'classic' | 'consumer'): Scenario => ({
  title,
  async run(stage) {
    const { other, topic, groupId } = stage;
    await other.createTopic(topic, PARTITIONS);
    await fill(stage);
    const first = await stage.addDriver();
    await first.call('join', { groupId, topic, protocol });
    await assignment([first]);
    await reading([first], valuesOfRound(0));
    const second = await stage.addDriver();
    await second.call('join', { groupId, topic, protocol });
    await assignment([first, second]);
    const [group] = await other.admin.describeGroups([groupId]);
    assert.deepEqual([group?.type, group?.members.length], [protocol, 2]);
    await fill(stage, 1);
    await reading([first, second], valuesOfRound(1));
    await second.call('commitAndLeave', {});
    await assignment([first]);
    await fill(stage, 2);
    await reading([first], valuesOfRound(2));
  },
});

/** One member reads everything, commits and leaves. */
async function readAndCommit(stage: Stage): Promise<void> {
  const { other, topic, groupId } = stage;
  await other.createTopic(topic, PARTITIONS);
  await fill(stage);
  const member = await stage.addDriver();
  await member.call('join', { groupId, topic });
  await reading([member], valuesOfRound(0));
  await member.call('commitAndLeave', {});
}

const offsetsThroughOurs = async ({ other, groupId, topic }: Stage): Promise<Map<number, number>> => {
  const rows = await other.admin.fetchOffsets(groupId, { topics: [topic] });
  return new Map(rows.map(({ partition, offset }) => [partition, offset]));
};

const committedEverywhere = (offset: number): Map<number, number> =>
  new Map(Array.from({ length: PARTITIONS }, (_, partition) => [partition, offset]));

export const GROUPS: readonly Scenario[] = [
  twoMembers('a group of two, with a rebalance when one comes and when it leaves', 'classic'),
  twoMembers('a group of two by KIP-848', 'consumer'),
  {
    title: 'commit and resume',
    async run(stage) {
      const { topic, groupId } = stage;
      await readAndCommit(stage);
      await fill(stage, 1);
      const successor = await stage.addDriver();
      await successor.call('join', { groupId, topic });
      await reading([successor], valuesOfRound(1));
      const again = (await valuesOf(successor)).filter((value) => !valuesOfRound(1).has(value ?? ''));
      assert.deepEqual(again, [], 'what was committed is read again');
    },
  },
  {
    title: 'offsets that it commits are those that Tidelog reads, and the other way round',
    async run(stage) {
      const { other, topic, groupId } = stage;
      await readAndCommit(stage);
      assert.deepEqual(
        new Map([...(await offsetsThroughOurs(stage))].sort(([one], [two]) => one - two)),
        committedEverywhere(PER_PARTITION),
      );
      await until(
        'the group being empty',
        () => other.admin.describeGroups([groupId]),
        ([group]) => group?.members.length === 0,
      );
      const offsets = [...committedEverywhere(3)].map(([partition, offset]) => ({
        topic,
        partition,
        offset,
      }));
      await other.admin.setOffsets(groupId, offsets);
      const member = await stage.addDriver();
      await member.call('join', { groupId, topic });
      const { records } = await until(
        'the records behind the offsets that were set',
        () => member.call('member', {}),
        (state) => state.records.length >= PARTITIONS * (PER_PARTITION - 3),
      );
      assert.deepEqual(
        records.map(({ offset }) => offset).sort((one, two) => one - two),
        [3, 3, 3, 3, 4, 4, 4, 4],
      );
    },
  },
];
