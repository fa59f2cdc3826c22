/**
 * A program for the kill test: a broker on the given data directory whose groups commit rising offsets without
 * pause, several at a time. Each commit that is acknowledged is a line `group offset`; a member that has joined is a
 * line `member group id epoch`.
 *
 *   commit-loop-broker.ts DATA_DIR DURABILITY FIRST_OFFSET
 */
import { launchBroker } from '../src/launch-broker.ts';
import { ANONYMOUS, type RequestContext } from '../src/requests.ts';

const GROUPS = 20;
const IN_FLIGHT = 4;
const [dataDir = '', durability = '', firstOffset = '0'] = process.argv.slice(2);
process.once('disconnect', () => process.exit(1));

const { router, core } = await launchBroker({
  dataDir,
  durability: durability as 'fsync' | 'page-cache',
  topics: { orders: IN_FLIGHT },
});
const context: RequestContext = {
  listener: 'native',
  principal: ANONYMOUS,
  clientId: 'kill-test',
  clientHost: '127.0.0.1',
  connectionId: 'c1',
  signal: new AbortController().signal,
};
const groupIds = Array.from({ length: GROUPS }, (_, index) => `group-${index}`);
await router.dispatch('findCoordinator', { keyType: 'group', keys: groupIds }, context);
await core.groups.loaded();

async function joinForever(groupId: string): Promise<void> {
  const memberId = `member-of-${groupId}`;
  const { memberEpoch } = await router.dispatch(
    'consumerGroupHeartbeat',
    {
      groupId,
      memberId,
      memberEpoch: 0,
      rebalanceTimeoutMs: 60_000,
      subscribedTopicNames: ['orders'],
      ownedPartitions: [],
    },
    context,
  );
  process.stdout.write(`member ${groupId} ${memberId} ${memberEpoch}\n`);
}

async function commitForever(groupId: string, partition: number): Promise<never> {
  for (let offset = Number(firstOffset); ; offset++) {
    const row = {
      topic: 'orders',
      partition,
      committedOffset: offset,
      committedLeaderEpoch: -1,
      metadata: '',
    };
    const { partitions } = await router.dispatch(
      'offsetCommit',
      { groupId, memberId: '', memberEpoch: -1, partitions: [row], refuseBeyondLogEnd: false },
      context,
    );
    if (partitions[0]?.error !== undefined) throw partitions[0].error;
    process.stdout.write(`${groupId}/${partition} ${offset}\n`);
  }
}

if (firstOffset === '0') await joinForever('live');
await Promise.all(
  groupIds.flatMap((groupId) =>
    Array.from({ length: IN_FLIGHT }, (_, partition) => commitForever(groupId, partition)),
  ),
);
