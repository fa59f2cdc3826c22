/**
 * @platformatic/kafka as an independent implementation: its encoder of a request and its reader of a response, for
 * each API and version that it has.
 */
import * as platformatic from '@platformatic/kafka';
import { APIS, type ApiName } from '../src/apis.ts';

interface PeerReader {
  readonly remaining: number;
}

/** What it exports for an API in a version. */
interface PeerApi {
  /** Sends over a connection; tells it about the headers. */
  api(connection: object): void;
  createRequest(...args: readonly unknown[]): { readonly buffer: Buffer };
  parseResponse(correlationId: number, apiKey: number, apiVersion: number, reader: PeerReader): unknown;
}

const exported = platformatic as unknown as Readonly<Record<string, unknown>>;
const { Reader } = exported as { readonly Reader: { from(bytes: Buffer): PeerReader } };

function peerApi(api: ApiName, version: number): PeerApi {
  return exported[`${api[0]!.toLowerCase()}${api.slice(1)}V${version}`] as PeerApi;
}

/** Does it have this API in this version? */
export function peerHas(api: ApiName, version: number): boolean {
  return peerApi(api, version) !== undefined;
}

/** The body of a request, as it encodes it. */
export function peerRequest(api: ApiName, version: number): Buffer {
  return peerApi(api, version).createRequest(...ARGUMENTS[api](version)).buffer;
}

/** Which header it puts before requests, and expects before responses. */
export function peerHeaders(api: ApiName, version: number): { request: number; response: number } {
  let headers = { request: -1, response: -1 };
  peerApi(api, version).api({
    send(...args: readonly unknown[]): void {
      const [hasRequestTags, hasResponseTags] = args.slice(4, 6);
      headers = { request: hasRequestTags === true ? 2 : 1, response: hasResponseTags === true ? 1 : 0 };
    },
  });
  return headers;
}

/** What it reads from the body of a response, and how many bytes it left. */
export function peerResponse(
  api: ApiName,
  version: number,
  body: Buffer,
): { readonly value: unknown; readonly left: number } {
  const reader = Reader.from(body);
  const value = peerApi(api, version).parseResponse(1, APIS[api].key, version, reader);
  return { value, left: reader.remaining };
}

const UUID = '00010203-0405-0607-0809-0a0b0c0d0e0f';
const BYTES = Buffer.from('bytes');
const PARTITION = { partition: 3, partitionIndex: 3, partitions: [1, 2] };

function offsetArguments(): object[] {
  const partition = {
    ...PARTITION,
    committedOffset: 77n,
    committedLeaderEpoch: 4,
    committedMetadata: 'note',
  };
  return [{ name: 'orders', partitions: [partition] }];
}

function fetchArguments(version: number): unknown[] {
  const partitions = [
    {
      partition: 3,
      currentLeaderEpoch: 5,
      fetchOffset: 99n,
      lastFetchedEpoch: 4,
      partitionMaxBytes: 1_000_000,
    },
  ];
  // Its versions below 13 write the name of the topic from the field of the id.
  const topicId = version >= 13 ? UUID : 'orders';
  const forgotten = [{ topic: topicId, topicId, partitions: [1, 2] }];
  return [500, 1, 1 << 20, 1, 7, 8, [{ topic: 'orders', topicId, partitions }], forgotten, 'rack'];
}

const config = { name: 'retention.ms', value: '1000', configOperation: 0 };
const resources = [
  { resourceType: 2, resourceName: 'orders', configs: [config], configurationKeys: ['a', 'b'] },
];
const messages = [{ topic: 'orders', partition: 0, key: BYTES, value: BYTES, timestamp: 1_700_000_000_000n }];
const transaction = {
  transactionalId: 'txn',
  producerId: 9n,
  producerEpoch: 2,
  verifyOnly: false,
  topics: [{ name: 'orders', partitions: [0, 1] }],
};
const newTopic = {
  name: 'orders',
  numPartitions: 3,
  replicationFactor: 2,
  assignments: [{ partitionIndex: 0, brokerIds: [1, 2] }],
  configs: [config, { name: 'other', value: null }],
};

/** What its functions take, in its order. */
const ARGUMENTS: Readonly<Record<ApiName, (version: number) => readonly unknown[]>> = {
  Produce: () => [1, 30_000, structuredClone(messages), { compression: 'none' }],
  Fetch: fetchArguments,
  ListOffsets: () => [
    -1,
    1,
    [{ name: 'orders', partitions: [{ partitionIndex: 3, currentLeaderEpoch: 5, timestamp: -2n }] }],
  ],
  Metadata: () => [['orders', 'payments'], true, true, true],
  OffsetCommit: () => ['group', 4, 'member', 'instance', offsetArguments()],
  OffsetFetch: () => [
    [
      {
        groupId: 'group',
        memberId: 'm',
        memberEpoch: 3,
        topics: [{ name: 'orders', partitionIndexes: [0, 5] }],
      },
    ],
    true,
  ],
  FindCoordinator: () => [0, ['group']],
  JoinGroup: () => [
    'group',
    6_000,
    60_000,
    'member',
    'instance',
    'consumer',
    [{ name: 'range', metadata: BYTES }],
    'because',
  ],
  Heartbeat: () => ['group', 4, 'member', 'instance'],
  LeaveGroup: () => ['group', [{ memberId: 'member', groupInstanceId: null, reason: 'enough' }]],
  SyncGroup: () => [
    'group',
    4,
    'member',
    null,
    'consumer',
    'range',
    [{ memberId: 'member', assignment: BYTES }],
  ],
  DescribeGroups: () => [['a', 'b'], true],
  ListGroups: () => [['Stable'], ['classic']],
  SaslHandshake: () => ['PLAIN'],
  ApiVersions: () => ['peer', '1.0'],
  CreateTopics: () => [[newTopic], 30_000, true],
  DeleteTopics: (version) => [
    [{ name: 'orders' }, ...(version >= 6 ? [{ name: null, topicId: UUID }] : [])],
    30_000,
  ],
  DeleteRecords: () => [[{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 12n }] }], 30_000],
  InitProducerId: () => ['txn', 60_000, 9n, 2],
  OffsetForLeaderEpoch: () => [
    -1,
    [
      {
        name: 'orders',
        topic: 'orders',
        partitions: [{ ...PARTITION, currentLeaderEpoch: 5, leaderEpoch: 4 }],
      },
    ],
  ],
  AddPartitionsToTxn: () => [[transaction]],
  AddOffsetsToTxn: () => ['txn', 9n, 2, 'group'],
  EndTxn: () => ['txn', 9n, 2, true],
  TxnOffsetCommit: () => ['txn', 'group', 9n, 2, 4, 'member', null, offsetArguments()],
  DescribeConfigs: () => [resources, true, true],
  AlterConfigs: () => [resources, true],
  SaslAuthenticate: () => [BYTES],
  CreatePartitions: () => [
    [{ name: 'orders', count: 6, assignments: [{ brokerIds: [1, 2] }] }],
    30_000,
    false,
  ],
  DeleteGroups: () => [['a', 'b']],
  IncrementalAlterConfigs: () => [resources, false],
  AlterPartitionReassignments: () => [
    60_000,
    true,
    [{ name: 'orders', partitions: [{ partitionIndex: 0, replicas: [1, 2] }] }],
  ],
  ListPartitionReassignments: () => [60_000, [{ name: 'orders', partitionIndexes: [0] }]],
  OffsetDelete: () => ['group', [{ name: 'orders', partitions: [{ partitionIndex: 0 }] }]],
  DescribeCluster: () => [true, 1],
  DescribeProducers: () => [[{ name: 'orders', partitionIndexes: [0] }]],
  DescribeTransactions: () => [['txn']],
  ListTransactions: () => [['Ongoing'], [9n], 0n, null],
  ConsumerGroupHeartbeat: () => [
    'group',
    'member',
    3,
    null,
    'rack',
    60_000,
    ['orders'],
    'ord.*',
    'uniform',
    [{ topicId: UUID, partitions: [0, 1] }],
  ],
  ConsumerGroupDescribe: () => [['group'], true],
};
