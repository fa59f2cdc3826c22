import { describe, expect, test } from 'vitest';
import { assign, join, sync } from '../../../test/classic-members.ts';
import { GroupScript } from '../../../test/group-script.ts';
import type { OffsetCommitPartition, OffsetCommitRequest } from '../../group-requests.ts';
import type { GroupRecord } from '../group-records.ts';

const row = (overrides: Partial<OffsetCommitPartition> = {}): OffsetCommitPartition => ({
  topic: 'orders',
  partition: 0,
  committedOffset: 5,
  committedLeaderEpoch: 3,
  metadata: 'm',
  ...overrides,
});

const commit = (overrides: Partial<OffsetCommitRequest> = {}): OffsetCommitRequest => ({
  groupId: 'g',
  memberId: '',
  memberEpoch: -1,
  partitions: [row()],
  refuseBeyondLogEnd: false,
  ...overrides,
});

function commitCodes(
  script: GroupScript,
  overrides: Partial<OffsetCommitRequest> = {},
): (string | undefined)[] {
  return script.ask('offsetCommit', commit(overrides)).partitions.map(({ error }) => error?.code);
}

function fetched(script: GroupScript, topic = 'orders', partition = 0): number {
  const response = script.ask('offsetFetch', {
    groups: [{ groupId: 'g', partitions: [{ topic, partition }] }],
    requireStable: false,
  });
  return response.groups[0]!.partitions[0]!.committedOffset;
}

function fetchAll(script: GroupScript, member: { memberId?: string; memberEpoch?: number } = {}) {
  const groups = [{ groupId: 'g', partitions: 'all' as const, ...member }];
  return script.ask('offsetFetch', { groups, requireStable: false }).groups[0]!;
}

/** A consumer group with one member at the epoch 4, written as records. */
function consumerGroup(script: GroupScript, topics: readonly string[] = ['orders'], pattern = ''): void {
  const records: GroupRecord[] = [
    { type: 'consumerGroup', groupId: 'g', value: { epoch: 4, metadataHash: 0 } },
    {
      type: 'consumerGroupMember',
      groupId: 'g',
      memberId: 'm',
      value: {
        instanceId: undefined,
        rackId: undefined,
        clientId: '',
        clientHost: '',
        subscribedTopicNames: topics,
        subscribedTopicRegex: pattern,
        rebalanceTimeoutMs: 60_000,
        serverAssignor: undefined,
        classicMember: undefined,
      },
    },
    {
      type: 'currentAssignment',
      groupId: 'g',
      memberId: 'm',
      value: {
        memberEpoch: 4,
        previousMemberEpoch: 3,
        state: 'stable',
        assignedPartitions: new Map(),
        partitionsPendingRevocation: new Map(),
      },
    },
  ];
  if (pattern !== '') {
    const value = { topics: ['audit'], version: 1, timestampMs: 0 };
    records.push({ type: 'regularExpression', groupId: 'g', pattern, value });
  }
  for (const record of records) {
    script.state.apply(record);
    script.records.push(record);
  }
}

/** A stable classic group with one member; returns its id. */
function classicGroup(script: GroupScript): string {
  const joining = script.send('joinGroup', join({ requireKnownMemberId: false }));
  script.advance(10_000);
  const { memberId } = script.answerTo('joinGroup', joining);
  script.ask('syncGroup', sync(memberId, 1, assign({ [memberId]: '' })));
  return memberId;
}

describe('committing', () => {
  test('offset, leader epoch and metadata come back as they were committed, by name and by id', () => {
    const script = new GroupScript();
    const topicId = script.topics.create('orders');
    expect(commitCodes(script)).toEqual([undefined]);
    expect(
      commitCodes(script, { partitions: [{ ...row({ partition: 1 }), topic: undefined, topicId }] }),
    ).toEqual([undefined]);
    const expected = { topic: 'orders', topicId, committedOffset: 5, committedLeaderEpoch: 3, metadata: 'm' };
    expect(fetchAll(script).partitions).toEqual([
      { ...expected, partition: 0 },
      { ...expected, partition: 1 },
    ]);
  });

  test('each row is refused for itself', () => {
    const script = new GroupScript();
    script.topics.create('orders', 2);
    const partitions = [
      row(),
      row({ partition: 2 }),
      row({ partition: -1 }),
      row({ topic: 'nothing' }),
      { ...row(), topicId: 'unknown' as never },
      row({ committedOffset: -3 }),
      row({ metadata: 'x'.repeat(4_097) }),
      row({ metadata: 'ä'.repeat(2_048), partition: 1 }),
      row({ metadata: 'ä'.repeat(2_049) }),
    ];
    expect(commitCodes(script, { partitions })).toEqual([
      undefined,
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_TOPIC_ID',
      'OFFSET_OUT_OF_RANGE',
      'OFFSET_METADATA_TOO_LARGE',
      undefined,
      'OFFSET_METADATA_TOO_LARGE',
    ]);
    expect(script.state.offsets.count).toBe(2);
    expect(commitCodes(script, { groupId: '' })).toEqual(['INVALID_GROUP_ID']);
  });

  test('a group that does not exist takes commits of no member', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    expect(commitCodes(script, { memberId: 'm', memberEpoch: 3 })).toEqual(['UNKNOWN_MEMBER_ID']);
    expect(commitCodes(script)).toEqual([undefined]);
    expect(script.ask('listGroups', { states: [], types: [] }).groups).toEqual([
      { groupId: 'g', type: 'classic', protocolType: '', state: 'Empty' },
    ]);
  });

  test('a consumer group takes commits of members at their epoch only', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    consumerGroup(script);
    expect(commitCodes(script, { memberId: 'm', memberEpoch: 4 })).toEqual([undefined]);
    expect(commitCodes(script, { memberId: 'm', memberEpoch: 3 })).toEqual(['STALE_MEMBER_EPOCH']);
    expect(commitCodes(script, { memberId: 'm', memberEpoch: 5 })).toEqual(['STALE_MEMBER_EPOCH']);
    expect(commitCodes(script, { memberId: 'm', memberEpoch: -1 })).toEqual(['STALE_MEMBER_EPOCH']);
    expect(commitCodes(script, { memberId: 'n', memberEpoch: 4 })).toEqual(['UNKNOWN_MEMBER_ID']);
    expect(commitCodes(script)).toEqual(['UNKNOWN_MEMBER_ID']);
  });

  test('a classic group takes commits of members of its generation, also while it prepares the next', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    const memberId = classicGroup(script);
    expect(commitCodes(script, { memberId, memberEpoch: 1 })).toEqual([undefined]);
    expect(commitCodes(script, { memberId, memberEpoch: 0 })).toEqual(['ILLEGAL_GENERATION']);
    expect(commitCodes(script, { memberId: 'x', memberEpoch: 1 })).toEqual(['UNKNOWN_MEMBER_ID']);
    expect(commitCodes(script)).toEqual(['UNKNOWN_MEMBER_ID']);
    const other = { requireKnownMemberId: false };
    script.send('joinGroup', join(other));
    expect(commitCodes(script, { memberId, memberEpoch: 1 })).toEqual([undefined]);
    script.ask('joinGroup', join({ memberId }));
    expect(commitCodes(script, { memberId, memberEpoch: 2 })).toEqual(['REBALANCE_IN_PROGRESS']);
    script.advance(100_000);
    expect(commitCodes(script)).toEqual([undefined]);
  });

  test('commits keep the session of a classic member', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    const memberId = classicGroup(script);
    for (let i = 0; i < 3; i++) {
      script.advance(8_000);
      expect(commitCodes(script, { memberId, memberEpoch: 1 })).toEqual([undefined]);
    }
  });
});

describe('fetching', () => {
  test('a group that does not exist has committed nothing', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    expect(fetched(script)).toBe(-1);
    expect(fetchAll(script).partitions).toEqual([]);
    expect(fetched(script, 'nothing')).toBe(-1);
  });

  test('who fetches as a member has to be at its epoch', () => {
    const script = new GroupScript();
    consumerGroup(script);
    expect(fetchAll(script, { memberId: 'm', memberEpoch: 4 }).error).toBeUndefined();
    expect(fetchAll(script, { memberId: 'm', memberEpoch: 3 }).error?.code).toBe('STALE_MEMBER_EPOCH');
    expect(fetchAll(script, { memberId: 'n', memberEpoch: 4 }).error?.code).toBe('UNKNOWN_MEMBER_ID');
    expect(fetchAll(script).error).toBeUndefined();
  });

  test('a topic that is created again under its name starts without offsets', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    commitCodes(script);
    script.topics.delete('orders');
    script.topics.create('orders');
    expect(fetched(script)).toBe(-1);
    expect(fetchAll(script).partitions).toEqual([]);
    script.topicsChanged('orders');
    expect(script.state.offsets.count).toBe(0);
    commitCodes(script);
    expect(fetched(script)).toBe(5);
  });

  test('the offsets of a deleted topic are taken back, those of others stay', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    script.topics.create('audit');
    commitCodes(script, { partitions: [row(), row({ topic: 'audit' })] });
    script.topics.delete('orders');
    script.topicsChanged('orders', 'audit');
    expect(fetchAll(script).partitions.map(({ topic }) => topic)).toEqual(['audit']);
    expect([...script.loaded().offsets.offsetsOf('g')]).toHaveLength(1);
  });
});

describe('deleting', () => {
  const remove = (topic: string) => ({ groupId: 'g', partitions: [{ topic, partition: 0 }] });

  test('offsets that nobody subscribes to go, also those of topics that are gone', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    commitCodes(script);
    script.topics.delete('orders');
    expect(script.ask('offsetDelete', remove('orders')).partitions).toEqual([{}]);
    expect(script.state.offsets.count).toBe(0);
    expect(script.refused('offsetDelete', remove('orders')).code).toBe('GROUP_ID_NOT_FOUND');
  });

  test('offsets of topics that members name or match stay', () => {
    const script = new GroupScript();
    for (const topic of ['orders', 'audit', 'other']) script.topics.create(topic);
    const partitions = ['orders', 'audit', 'other'].map((topic) => row({ topic }));
    commitCodes(script, { partitions });
    consumerGroup(script, ['orders'], 'au.*');
    const code = (topic: string) => script.ask('offsetDelete', remove(topic)).partitions[0]?.error?.code;
    expect([code('orders'), code('audit'), code('other')]).toEqual([
      'GROUP_SUBSCRIBED_TO_TOPIC',
      'GROUP_SUBSCRIBED_TO_TOPIC',
      undefined,
    ]);
  });

  test('a classic member subscribes by its metadata; metadata that cannot be read counts for all topics', () => {
    const script = new GroupScript();
    for (const topic of ['orders', 'other']) script.topics.create(topic);
    commitCodes(script, { partitions: [row(), row({ topic: 'other' })] });
    const memberId = classicGroup(script);
    const code = (topic: string) => script.ask('offsetDelete', remove(topic)).partitions[0]?.error?.code;
    expect([code('orders'), code('other')]).toEqual(['GROUP_SUBSCRIBED_TO_TOPIC', undefined]);
    const protocols = [{ name: 'range', metadata: Buffer.from('garbage') }];
    script.ask('joinGroup', join({ memberId, protocols }));
    expect(code('other')).toBe('GROUP_SUBSCRIBED_TO_TOPIC');
  });

  test('a group of another protocol type with members does not let its offsets be deleted', () => {
    const script = new GroupScript();
    script.send('joinGroup', join({ requireKnownMemberId: false, protocolType: 'connect' }));
    expect(script.refused('offsetDelete', remove('orders')).code).toBe('NON_EMPTY_GROUP');
  });
});

describe('expiring', () => {
  const day = 24 * 3_600_000;

  test('a group without members loses its offsets after the retention, from its last commit on', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    commitCodes(script);
    script.advance(6 * day);
    commitCodes(script, { partitions: [row({ partition: 1 })] });
    script.advance(1.1 * day);
    expect([fetched(script, 'orders', 0), fetched(script, 'orders', 1)]).toEqual([-1, 5]);
    script.advance(6 * day);
    expect(script.loaded().offsets.count).toBe(0);
    expect(script.ask('listGroups', { states: [], types: [] }).groups).toEqual([]);
  });

  test('a classic group counts from when it became empty, and vanishes with its offsets', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    const memberId = classicGroup(script);
    commitCodes(script, { memberId, memberEpoch: 1 });
    for (let i = 0; i < 8 * 24 * 60; i++) {
      script.advance(60_000 / 8);
      script.send('heartbeat', { groupId: 'g', generationId: 1, memberId });
    }
    script.ask('leaveGroup', { groupId: 'g', members: [{ memberId }] });
    script.advance(6.9 * day);
    expect(fetched(script)).toBe(5);
    script.advance(0.2 * day);
    expect(script.state.groups.size + script.state.offsets.count).toBe(0);
    expect(script.loaded().groups.size).toBe(0);
  });

  test('a group with members keeps the offsets of what it subscribes to and loses others', () => {
    const script = new GroupScript({ consumerSessionTimeoutMs: 100 * day });
    script.topics.create('orders');
    script.topics.create('other');
    consumerGroup(script);
    commitCodes(script, { memberId: 'm', memberEpoch: 4, partitions: [row(), row({ topic: 'other' })] });
    script.advance(8 * day);
    expect([fetched(script), fetched(script, 'other')]).toEqual([5, -1]);
  });

  test('a short stop does not cost an idle consumer group its offsets', () => {
    const script = new GroupScript({ consumerSessionTimeoutMs: 100 * day });
    script.topics.create('orders');
    consumerGroup(script);
    commitCodes(script, { memberId: 'm', memberEpoch: 4 });
    script.advance(30 * day);
    script.state.apply({ type: 'consumerGroupMember', groupId: 'g', memberId: 'm', value: null });
    script.advance(6.9 * day);
    expect(fetched(script)).toBe(5);
    script.advance(0.2 * day);
    expect(script.state.groups.size + script.state.offsets.count).toBe(0);
  });

  test('a group that empties in the moment of a sweep, as after a long sleep of the machine, keeps its offsets', () => {
    const script = new GroupScript();
    script.topics.create('orders');
    commitCodes(script, { memberId: classicGroup(script), memberEpoch: 1 });
    script.monotonicMs += 8 * day;
    script.advance(6.9 * day);
    expect([fetched(script), script.state.classicGroup('g')?.phase]).toEqual([5, 'Empty']);
  });

  test('a consumer group counts from when its last member left, however short the retention is', () => {
    const script = new GroupScript({ offsetsRetentionMs: 60_000, consumerSessionTimeoutMs: 1_150_000 });
    script.topics.create('orders');
    consumerGroup(script);
    commitCodes(script, { memberId: 'm', memberEpoch: 4 });
    script.advance(1_190_000);
    expect(script.state.groups.get('g')?.members.size).toBe(0);
    script.advance(15_000);
    expect(fetched(script)).toBe(5);
    script.advance(600_000);
    expect(fetched(script)).toBe(-1);
  });

  test('a classic member that joins the empty group and does not come back does not cost it its offsets', () => {
    const script = new GroupScript({ consumerSessionTimeoutMs: 20 * day });
    script.topics.create('orders');
    consumerGroup(script);
    commitCodes(script, { memberId: 'm', memberEpoch: 4 });
    script.advance(15 * day);
    script.ask('consumerGroupHeartbeat', { groupId: 'g', memberId: 'm', memberEpoch: -1 });
    expect(script.ask('joinGroup', join()).error?.code).toBe('MEMBER_ID_REQUIRED');
    script.advance(6.9 * day);
    expect([script.state.groups.size, fetched(script)]).toEqual([0, 5]);
    script.advance(0.2 * day);
    expect(fetched(script)).toBe(-1);
  });

  test('thousands of groups are swept in slices', () => {
    const script = new GroupScript({ offsetsRetentionMs: 3_600_000 });
    script.topics.create('orders');
    for (let i = 0; i < 12_000; i++) script.send('offsetCommit', commit({ groupId: `g${i}` }));
    script.advance(2 * 3_600_000);
    expect(script.state.offsets.count).toBe(0);
  });
});
