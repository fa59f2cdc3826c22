/**
 * A program for restart tests: a broker on a data directory, in the same process as groups that commit without
 * pause. What was answered is a line:
 *
 *     member GROUP MEMBER EPOCH       has joined, and owns what it is to own
 *     commit GROUP PARTITION OFFSET   is acknowledged
 *
 *   committing-broker.ts SETTINGS (JSON)
 */
import { TidelogError } from '@tidelog/record/errors';
import { setImmediate as turn } from 'node:timers/promises';
import { launchBroker } from '../src/launch-broker.ts';
import {
  ANONYMOUS,
  type RequestContext,
  type RequestKind,
  type RequestOf,
  type ResponseOf,
} from '../src/requests.ts';

export interface CommittingBrokerSettings {
  readonly dataDir: string;
  readonly durability: 'fsync' | 'page-cache';
  readonly groupCount: number;
  /** 0: the groups have no members and commit as simple consumers do. */
  readonly membersPerGroup: number;
  readonly firstOffset: number;
}

const PARTITIONS = 4;
process.once('disconnect', () => process.exit(1));
const settings = JSON.parse(process.argv[2] ?? '{}') as CommittingBrokerSettings;
const { dataDir, durability, groupCount, membersPerGroup, firstOffset } = settings;
const { router } = await launchBroker({ dataDir, durability, topics: { orders: PARTITIONS } });
const context: RequestContext = {
  listener: 'native',
  principal: ANONYMOUS,
  clientId: 'restart-test',
  clientHost: '127.0.0.1',
  connectionId: 'c1',
  signal: new AbortController().signal,
};

/** Asks until the coordinator answers. */
async function ask<K extends RequestKind>(kind: K, request: RequestOf<K>): Promise<ResponseOf<K>> {
  for (;;) {
    try {
      return await router.dispatch(kind, request, context);
    } catch (thrown) {
      if (!TidelogError.from(thrown).retriable) throw thrown;
      await turn();
    }
  }
}

/** Lets all members of a group join and take what they are assigned; the epochs that they end up with. */
async function joinAll(groupId: string): Promise<{ memberId: string; memberEpoch: number }[]> {
  const members = Array.from({ length: membersPerGroup }, (_, index) => ({
    memberId: `member-${index}-of-${groupId}`,
    memberEpoch: 0,
    owned: [] as NonNullable<RequestOf<'consumerGroupHeartbeat'>['ownedPartitions']>,
  }));
  for (let isMoving = membersPerGroup > 0; isMoving;) {
    isMoving = false;
    for (const member of members) {
      const { memberId, memberEpoch } = member;
      const joining = { rebalanceTimeoutMs: 60_000, subscribedTopicNames: ['orders'] };
      const answer = await ask('consumerGroupHeartbeat', {
        groupId,
        memberId,
        memberEpoch,
        ownedPartitions: member.owned,
        ...(memberEpoch === 0 ? joining : {}),
      });
      isMoving ||= answer.memberEpoch !== memberEpoch || answer.assignment !== undefined;
      member.memberEpoch = answer.memberEpoch;
      member.owned = answer.assignment ?? member.owned;
    }
  }
  for (const { memberId, memberEpoch } of members) {
    process.stdout.write(`member ${groupId} ${memberId} ${memberEpoch}\n`);
  }
  return members;
}

async function commitForever(groupId: string): Promise<never> {
  const members = await joinAll(groupId);
  for (let offset = firstOffset; ; offset++) {
    const partition = offset % PARTITIONS;
    const { memberId, memberEpoch } = members[offset % (members.length || 1)] ?? {
      memberId: '',
      memberEpoch: -1,
    };
    const row = {
      topic: 'orders',
      partition,
      committedOffset: offset,
      committedLeaderEpoch: -1,
      metadata: '',
    };
    const request = { groupId, memberId, memberEpoch, partitions: [row], refuseBeyondLogEnd: false };
    const { partitions } = await ask('offsetCommit', request);
    const error = partitions[0]?.error;
    if (error !== undefined) throw error;
    process.stdout.write(`commit ${groupId} ${partition} ${offset}\n`);
  }
}

const groupIds = Array.from({ length: groupCount }, (_, index) => `group-${index}`);
await ask('findCoordinator', { keyType: 'group', keys: groupIds });
await Promise.all(groupIds.map(commitForever));
