/**
 * Loading gives what living gave, through the bytes of the log: random requests to a broker, compactions in between,
 * then the broker is killed; what the next one says of every group is what the first one said.
 */
import { expect, test } from 'vitest';
import { seededRandom } from '@tidelog/log/testing';
import type { Random } from '@tidelog/log/testing';
import { TidelogError } from '@tidelog/record/errors';
import type { TopicIdPartitions } from '../src/group-requests.ts';
import { MemoryBroker } from './memory-broker.ts';

const SEEDS = 12;
const STEPS = 150;
const TOPICS = { orders: 6, payments: 3, audit: 1 };
const OPTIONS = { topics: TOPICS, offsetsTopicPartitions: 2, groupInitialRebalanceDelayMs: 0 };
const GROUPS = ['consumers-0', 'consumers-1', 'classic-0', 'classic-1', 'simple-0', 'simple-1'];
const MEMBERS = 4;

interface Member {
  readonly memberId: string;
  memberEpoch: number;
  owned: readonly TopicIdPartitions[];
}

class RandomLife {
  readonly #broker: MemoryBroker;
  readonly #random: Random;
  readonly #members = new Map<string, Member>();
  #classic = 0;
  /** Records that compactions have removed. */
  removedRecords = 0;

  constructor(broker: MemoryBroker, random: Random) {
    this.#broker = broker;
    this.#random = random;
  }

  async step(): Promise<void> {
    const groupId = pick(this.#random, GROUPS);
    try {
      if (this.#random.below(25) === 0) await this.compact();
      else if (groupId.startsWith('consumers')) await this.#consumer(groupId);
      else if (groupId.startsWith('classic')) await this.#classicMember(groupId);
      else await this.#simple(groupId);
    } catch (thrown) {
      // A refusal is as good a step as any; a fault is not.
      if (TidelogError.from(thrown).code === 'UNKNOWN_SERVER_ERROR') throw thrown;
    }
  }

  /** Compacts the offsets topic, all but what comes from now on. */
  async compact(): Promise<void> {
    const { core } = this.#broker.launched;
    for (const partition of core.partitions.made()) {
      if (partition.topic !== '__consumer_offsets' || partition.openedLog === undefined) continue;
      await partition.withLog(async (log) => {
        await log.roll();
        const report = await log.compact({
          nowMs: core.clock.nowMs(),
          highWatermark: partition.highWatermark,
          dedupeBufferBytes: 1e6,
        });
        this.removedRecords += report?.removedRecords ?? 0;
      });
    }
  }

  async #consumer(groupId: string): Promise<void> {
    const memberId = `member-${this.#random.below(MEMBERS)}-of-${groupId}`;
    const member = this.#members.get(memberId) ?? { memberId, memberEpoch: 0, owned: [] };
    const action = this.#random.below(12);
    if (action === 0 && member.memberEpoch > 0) {
      this.#members.delete(memberId);
      await this.#broker.dispatch('consumerGroupHeartbeat', { groupId, memberId, memberEpoch: -1 });
      return;
    }
    if (action === 1) {
      await this.#commit(groupId, { memberId, memberEpoch: member.memberEpoch });
      return;
    }
    const subscription =
      this.#random.below(3) === 0
        ? { subscribedTopicNames: ['orders'], subscribedTopicRegex: 'pay.*' }
        : { subscribedTopicNames: ['orders', 'payments'], subscribedTopicRegex: '' };
    const answer = await this.#broker.dispatch('consumerGroupHeartbeat', {
      groupId,
      memberId,
      memberEpoch: member.memberEpoch,
      ownedPartitions: member.owned,
      ...(member.memberEpoch === 0 || action === 2 ? { rebalanceTimeoutMs: 60_000, ...subscription } : {}),
    });
    member.memberEpoch = answer.memberEpoch;
    member.owned = answer.assignment ?? member.owned;
    this.#members.set(memberId, member);
  }

  /** A classic group of one member joins and syncs, or leaves. */
  async #classicMember(groupId: string): Promise<void> {
    const known = this.#members.get(groupId);
    if (known !== undefined && this.#random.below(3) === 0) {
      await this.#commit(groupId, { memberId: known.memberId, memberEpoch: known.memberEpoch });
      return;
    }
    if (known !== undefined) {
      this.#members.delete(groupId);
      await this.#broker.dispatch('leaveGroup', { groupId, members: [{ memberId: known.memberId }] });
      return;
    }
    const joined = await this.#broker.dispatch('joinGroup', {
      groupId,
      sessionTimeoutMs: 60_000,
      rebalanceTimeoutMs: 60_000,
      memberId: '',
      protocolType: 'connect',
      protocols: [{ name: 'sessioned', metadata: Buffer.from(`metadata ${this.#classic++}`) }],
      requireKnownMemberId: false,
      supportsSkippingAssignment: true,
    });
    if (joined.error !== undefined) throw joined.error;
    const { memberId, generationId } = joined;
    this.#members.set(groupId, { memberId, memberEpoch: generationId, owned: [] });
    const assignments = [{ memberId, assignment: Buffer.from(`assignment ${generationId}`) }];
    await this.#broker.dispatch('syncGroup', { groupId, generationId, memberId, assignments });
  }

  async #simple(groupId: string): Promise<void> {
    const action = this.#random.below(8);
    if (action === 0) await this.#broker.dispatch('deleteGroups', { groupIds: [groupId] });
    else if (action === 1) {
      const partitions = [{ topic: 'orders', partition: this.#random.below(6) }];
      await this.#broker.dispatch('offsetDelete', { groupId, partitions });
    } else await this.#commit(groupId, { memberId: '', memberEpoch: -1 });
  }

  async #commit(groupId: string, member: { memberId: string; memberEpoch: number }): Promise<void> {
    const partitions = Array.from({ length: 1 + this.#random.below(3) }, () => ({
      topic: pick(this.#random, ['orders', 'payments']),
      partition: this.#random.below(3),
      committedOffset: this.#random.below(1000),
      committedLeaderEpoch: this.#random.below(3) - 1,
      metadata: this.#random.below(2) === 0 ? '' : `note ${this.#random.below(100)}`,
    }));
    await this.#broker.dispatch('offsetCommit', {
      groupId,
      ...member,
      partitions,
      refuseBeyondLogEnd: false,
    });
  }
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[random.below(values.length)] as T;
}

/** Everything that the broker tells about its groups, in an order of its own. */
async function told(broker: MemoryBroker): Promise<unknown> {
  await broker.launched.core.groups.loaded();
  const byText = <T>(rows: readonly T[]): T[] =>
    [...rows].sort((one, two) => (JSON.stringify(one) < JSON.stringify(two) ? -1 : 1));
  const { groups } = await broker.dispatch('listGroups', { states: [], types: [] });
  const described = await broker.dispatch('describeGroups', { groupIds: GROUPS });
  const fetched = await broker.dispatch('offsetFetch', {
    groups: GROUPS.map((groupId) => ({ groupId, partitions: 'all' as const })),
    requireStable: true,
  });
  return {
    listed: byText(groups),
    described: described.groups.map((group) => ({
      ...group,
      error: group.error?.code,
      members: byText(group.members),
    })),
    committed: fetched.groups.map((group) => ({
      ...group,
      error: group.error?.code,
      partitions: byText(group.partitions),
    })),
  };
}

test('what a broker says of its groups after a kill is what it said before', async () => {
  let memberCount = 0;
  let removedRecords = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const first = await MemoryBroker.start(OPTIONS);
    await first.dispatch('findCoordinator', { keyType: 'group', keys: GROUPS });
    const life = new RandomLife(first, seededRandom(seed));
    for (let step = 0; step < STEPS; step++) await life.step();
    // So that a log may also end in what was removed.
    if (seed % 2 === 0) await life.compact();
    removedRecords += life.removedRecords;
    const before = (await told(first)) as { described: { members: unknown[] }[] };
    memberCount += before.described.reduce((sum, { members }) => sum + members.length, 0);
    const disk = first.kill('process-kill', seed);
    await first.launched.broker.close();
    await using second = await MemoryBroker.start(OPTIONS, disk);
    expect(await told(second), `seed ${seed}`).toEqual(before);
  }
  expect(memberCount).toBeGreaterThan(SEEDS * 3);
  expect(removedRecords).toBeGreaterThan(SEEDS * 10);
}, 60_000);
