import { ConsumerProtocolSubscription } from '@tidelog/kafka-protocol/consumer-protocol';
import { expect, test } from 'vitest';
import { KafkaTestClient } from '../../../../test/kafka-test-client.ts';
import { startBroker } from '../../../index.ts';

// Over a socket: what handlers know of a client is then a connection, and no plain object.
test('a classic member joins a group of the consumer protocol', async () => {
  await using broker = await startBroker({ kafka: { port: 0 }, topics: { orders: 1 } });
  const client = await KafkaTestClient.connect(broker.kafkaBrokers[0] as string);
  await expect.poll(() => findCoordinator(client)).toBe(0);
  const groupId = 'shop';
  const { errorCode, memberId, memberEpoch } = await client.call('ConsumerGroupHeartbeat', 0, {
    groupId,
    memberId: '',
    memberEpoch: 0,
    rebalanceTimeoutMs: 1000,
    subscribedTopicNames: ['orders'],
    topicPartitions: [],
  });
  expect([errorCode, memberEpoch]).toEqual([0, 1]);
  const metadata = ConsumerProtocolSubscription.encodeVersioned(0, { topics: ['orders'], userData: null });
  const joined = await client.call('JoinGroup', 3, {
    groupId,
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 10_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata }],
  });
  expect(joined).toMatchObject({ errorCode: 0, generationId: 2, protocolName: 'range' });
  const { groups } = await client.call('ConsumerGroupDescribe', 1, {
    groupIds: [groupId],
    includeAuthorizedOperations: false,
  });
  const ids = groups[0]?.members.map((member) => [member.memberId, member.clientId, member.memberType]);
  expect(ids).toEqual(
    expect.arrayContaining([
      [memberId, 'test', 1],
      [joined.memberId, 'test', 0],
    ]),
  );
  client.socket.destroy();
});

async function findCoordinator(client: KafkaTestClient): Promise<number> {
  return (await client.call('FindCoordinator', 3, { key: 'shop', keyType: 0 })).errorCode;
}
