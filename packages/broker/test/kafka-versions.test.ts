/** Every API of the Kafka listener, in every version that it advertises: over a socket, against a whole broker. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiNameOf, type ApiName, type RequestInput, type ResponseOf } from '@tidelog/kafka-protocol';
import { errorNumber } from '@tidelog/record/errors';
import { kafkaApis } from '../src/listeners/kafka/kafka-apis.ts';
import { startTestBroker, type TestBroker } from '../src/testing.ts';
import { KAFKA_CALL_PAIRS, type CallSubjects, type KafkaCallPair } from './kafka-call-pairs.ts';
import { KafkaTestClient } from './kafka-test-client.ts';
import { batchOf } from './test-batches.ts';
import { TestClient } from './test-client.ts';

const TOPIC = 'orders';
const FIRST_PRODUCE_VERSION = 3;

let broker: TestBroker;
let client: KafkaTestClient;
let topicId: string;
let names = 0;

beforeAll(async () => {
  broker = await startTestBroker({
    autoCreateTopics: false,
    kafka: { port: 0 },
    topics: { [TOPIC]: 1 },
    groupInitialRebalanceDelayMs: 0,
  });
  client = await KafkaTestClient.connect(broker.kafkaBrokers[0]!);
  const { topics } = await client.call('Metadata', 10, { topics: [{ name: TOPIC }] });
  topicId = topics[0]!.topicId;
  await client.call('Produce', 9, {
    acks: -1,
    timeoutMs: 5000,
    topicData: [{ name: TOPIC, partitionData: [{ index: 0, records: batchOf(['first']) }] }],
  });
  await coordinatorIsUp();
});
afterAll(async () => {
  client.socket.destroy();
  await broker.close();
});

/** The coordinator is there once its topic is. */
async function coordinatorIsUp(): Promise<void> {
  const unavailable = errorNumber('COORDINATOR_NOT_AVAILABLE');
  for (;;) {
    const { errorCode } = await client.call('Heartbeat', 0, {
      groupId: 'none',
      generationId: 0,
      memberId: 'nobody',
    });
    if (errorCode !== unavailable && errorCode !== errorNumber('COORDINATOR_LOAD_IN_PROGRESS')) return;
    await client.call('FindCoordinator', 0, { key: 'none' });
  }
}

/** A group of one member that has its assignment. */
async function joinedGroup(groupId: string): Promise<CallSubjects['group']> {
  const join = {
    groupId,
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 10_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
  };
  const { memberId, generationId } = await client.call('JoinGroup', 3, join);
  const assignments = [{ memberId, assignment: Buffer.from('share') }];
  await client.call('SyncGroup', 2, { groupId, memberId, generationId, assignments });
  return { groupId, memberId, generationId };
}

/** Fresh ones for each call, so that no call needs another. */
async function subjectsFor(api: ApiName): Promise<CallSubjects> {
  const unusedName = `unused-${++names}`;
  const emptyGroup = `empty-${names}`;
  await client.call('OffsetCommit', 5, {
    groupId: emptyGroup,
    memberId: '',
    generationIdOrMemberEpoch: -1,
    topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: '' }] }],
  });
  if (api === 'DeleteTopics') await broker.createTopic(unusedName);
  const group = await joinedGroup(`group-${names}`);
  const subjects = { topic: TOPIC, topicId, emptyGroup, group, batch: batchOf(['value']), unusedName };
  if (api === 'ConsumerGroupDescribe') {
    const heartbeat = KAFKA_CALL_PAIRS.ConsumerGroupHeartbeat.good(subjects, 0);
    await client.call('ConsumerGroupHeartbeat', 0, heartbeat);
  }
  return subjects;
}

interface Row {
  readonly api: ApiName;
  readonly version: number;
}

const ROWS: Row[] = [...kafkaApis().values()].flatMap(({ api, minVersion, maxVersion }) =>
  Array.from({ length: maxVersion - minVersion + 1 }, (_, index) => ({ api, version: minVersion + index })),
);

/** A pair without the type of its messages, which a name that is a variable has lost anyway. */
const pairOf = (api: ApiName): KafkaCallPair<ApiName> =>
  (KAFKA_CALL_PAIRS as unknown as Record<ApiName, KafkaCallPair<ApiName>>)[api];

async function errorsOf({ api, version }: Row, request: RequestInput<ApiName>): Promise<readonly number[]> {
  const body: ResponseOf<ApiName> = await client.call(api, version, request);
  return pairOf(api).errorCodes(body, version);
}

test('ApiVersions lists what the table has, and nothing else', async () => {
  const { apiKeys } = await client.call('ApiVersions', 3, {
    clientSoftwareName: 'test',
    clientSoftwareVersion: '1',
  });
  const listed = apiKeys.flatMap(({ apiKey, minVersion, maxVersion }) =>
    Array.from({ length: maxVersion - minVersion + 1 }, (_, index) => ({
      api: apiNameOf(apiKey),
      version: minVersion + index,
    })),
  );
  expect(listed).toHaveLength(ROWS.length);
  for (const row of ROWS) expect(listed).toContainEqual(row);
});

test.each(ROWS)('$api $version fulfils a request that it can', async (row) => {
  const errors = await errorsOf(row, pairOf(row.api).good(await subjectsFor(row.api), row.version));
  const isRefused = row.api === 'Produce' && row.version < FIRST_PRODUCE_VERSION;
  expect(errors.length).toBeGreaterThan(0);
  expect(new Set(errors)).toEqual(new Set([isRefused ? errorNumber('UNSUPPORTED_VERSION') : 0]));
});

test.each(ROWS)('$api $version refuses what it has to, in its own layout', async (row) => {
  const { bad, refusal } = pairOf(row.api);
  const request = bad?.(await subjectsFor(row.api), row.version);
  if (request === undefined || refusal === undefined) return;
  const errors = await errorsOf(row, request);
  const isRefused = row.api === 'Produce' && row.version < FIRST_PRODUCE_VERSION;
  expect(errors).toContain(errorNumber(isRefused ? 'UNSUPPORTED_VERSION' : refusal));
  // The connection stays.
  await client.call('Metadata', 1, { topics: [] });
});

test('the end (-1) and the beginning (-2) may be committed, come back to Kafka clients, and are nothing to ours', async () => {
  const groupId = 'symbolic';
  const native = await TestClient.connect(Number(broker.brokers[0]!.split(':').at(-1)));
  for (const committedOffset of [-1, -2]) {
    const { topics } = await client.call('OffsetCommit', 5, {
      groupId,
      memberId: '',
      generationIdOrMemberEpoch: -1,
      topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: '' }] }],
    });
    expect(topics[0]?.partitions[0]?.errorCode).toBe(0);
    const fetched = await client.call('OffsetFetch', 5, { groupId, topics: null });
    expect(fetched.topics[0]?.partitions[0]?.committedOffset).toBe(committedOffset);
    const { partitions } = await native.call('OFFSET_FETCH', { groupId, allPartitions: true });
    expect(Number(partitions[0]?.committedOffset)).toBe(-1);
  }
  native.socket.destroy();
});

test('a batch beyond max.message.bytes is refused with MESSAGE_TOO_LARGE, and the connection stays', async () => {
  const produce = (records: Buffer) =>
    client.call('Produce', 9, {
      acks: -1,
      timeoutMs: 5000,
      topicData: [{ name: TOPIC, partitionData: [{ index: 0, records }] }],
    });
  const refused = await produce(batchOf(['x'.repeat(5_000_000)]));
  expect(refused.responses[0]?.partitionResponses[0]).toMatchObject({
    errorCode: errorNumber('MESSAGE_TOO_LARGE'),
    baseOffset: -1,
  });
  const accepted = await produce(batchOf(['small']));
  expect(accepted.responses[0]?.partitionResponses[0]?.errorCode).toBe(0);
});
