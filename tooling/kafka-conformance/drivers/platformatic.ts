/**
 * The driver of @platformatic/kafka.
 */
import { readFileSync } from 'node:fs';
import {
  Admin,
  compatibilityPartitioner,
  ConfigResourceTypes,
  Consumer,
  Producer,
  stringDeserializers,
  stringSerializers,
  type Message,
  type MessageToProduce,
  type MessagesStream,
} from '@platformatic/kafka';
import type { IncomingRecord } from '../operations.ts';
import { serveOperations, Unsupported } from './serve-operations.ts';

type Text = string;
type TextConsumer = Consumer<Text, Text, Text, Text>;
type TextStream = MessagesStream<Text, Text, Text, Text>;

const LATEST = -1n;
const EARLIEST = -2n;
/** A consumer that closes waits for its fetch to be answered. */
const MAX_WAIT_MS = 200;

const packageFile = new URL('../package.json', import.meta.resolve('@platformatic/kafka'));
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

let connection: { clientId: string; bootstrapBrokers: string[] };
let admin: Admin;
let producer: Producer<Text, Text, Text, Text> | undefined;
let member: TextConsumer | undefined;
let stream: TextStream | undefined;
let joinedTopic = '';
let memberAssigned: number[] = [];
const memberRecords: IncomingRecord[] = [];
let readerCount = 0;

function incoming(message: Message<Text | null, Text | null, Text, Text>): IncomingRecord {
  const { partition, offset, key, value, headers, timestamp } = message;
  return {
    partition,
    offset: Number(offset),
    key: key ?? null,
    value: value ?? null,
    headers: [...headers],
    timestampMs: Number(timestamp),
  };
}

async function listedOffset(topic: string, partitionIndex: number, timestamp: bigint): Promise<number> {
  const [row] = await admin.listOffsets({
    topics: [{ name: topic, partitions: [{ partitionIndex, timestamp }] }],
  });
  return Number(row!.partitions[0]!.offset);
}

function consumer(groupId: string, options: object = {}): TextConsumer {
  return new Consumer({
    ...connection,
    groupId,
    deserializers: stringDeserializers,
    autocommit: false,
    maxWaitTime: MAX_WAIT_MS,
    ...options,
  });
}

function updateAssignment(): void {
  const share = member!.assignments?.find(({ topic }) => topic === joinedTopic);
  memberAssigned = [...(share?.partitions ?? [])].sort((one, two) => one - two);
}

serveOperations({
  operations: {
    open({ broker }) {
      connection = { clientId: 'conformance', bootstrapBrokers: [broker] };
      admin = new Admin(connection);
      return Promise.resolve({ version });
    },
    async metadata({ topic }) {
      const { brokers, topics } = await admin.metadata({ topics: [topic] });
      return { brokerCount: brokers.size, partitionCount: topics.get(topic)!.partitionsCount };
    },
    async createTopic({ topic, partitions }) {
      await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
      return null;
    },
    async deleteTopic({ topic }) {
      await admin.deleteTopics({ topics: [topic] });
      return null;
    },
    listTopics: () => admin.listTopics(),
    async produce({ topic, records, compression = 'none', acks = -1, idempotent = false }) {
      if (records.some(({ headers = [] }) => new Map(headers).size < headers.length)) {
        throw new Unsupported('the client keeps headers in a map');
      }
      producer ??= new Producer({
        ...connection,
        serializers: stringSerializers,
        partitioner: compatibilityPartitioner,
      });
      const messages = records.map(({ key, value, headers = [], partition, timestampMs }) => ({
        topic,
        ...(key === null ? {} : { key }),
        ...(value === null ? {} : { value }),
        headers: new Map(headers),
        ...(partition === undefined ? {} : { partition }),
        ...(timestampMs === undefined ? {} : { timestamp: BigInt(timestampMs) }),
      })) as MessageToProduce<Text, Text, Text, Text>[];
      const { offsets = [] } = await producer.send({ messages, acks, compression, idempotent });
      return offsets.map(({ partition, offset }) => ({ partition, offset: Number(offset) }));
    },
    async consume({ topic, partition, from, count }) {
      const offset =
        typeof from === 'object' && 'offset' in from
          ? from.offset
          : await listedOffset(topic, partition, from === 'beginning' ? EARLIEST : BigInt(from.timestampMs));
      const reader = consumer(`${topic}-reader-${++readerCount}`);
      const { topics } = await admin.metadata({ topics: [topic] });
      const offsets = Array.from({ length: topics.get(topic)!.partitionsCount }, (_, index) => ({
        topic,
        partition: index,
        offset: index === partition ? BigInt(offset) : 0n,
      }));
      const messages = await reader.consume({ topics: [topic], mode: 'manual', offsets });
      const records: IncomingRecord[] = [];
      for await (const message of messages) {
        if (message.partition === partition) records.push(incoming(message));
        if (records.length === count) break;
      }
      await messages.close();
      await reader.close(true);
      return records;
    },
    async join({ groupId, topic, protocol = 'classic' }) {
      joinedTopic = topic;
      const classic = { heartbeatInterval: 300, sessionTimeout: 10_000 };
      member = consumer(groupId, protocol === 'consumer' ? { groupProtocol: 'consumer' } : classic);
      member.on('consumer:group:join', updateAssignment);
      stream = await member.consume({ topics: [topic], mode: 'committed', fallbackMode: 'earliest' });
      stream.on('data', (message) => memberRecords.push(incoming(message)));
      return null;
    },
    member() {
      updateAssignment();
      return Promise.resolve({ assigned: memberAssigned, records: memberRecords });
    },
    async commitAndLeave() {
      const next = new Map<number, IncomingRecord>();
      for (const record of memberRecords) next.set(record.partition, record);
      updateAssignment();
      const offsets = [...next.values()]
        .filter(({ partition }) => memberAssigned.includes(partition))
        .map(({ partition, offset }) => ({
          topic: joinedTopic,
          partition,
          offset: BigInt(offset + 1),
          leaderEpoch: 0,
        }));
      if (offsets.length > 0) await member!.commit({ offsets });
      await stream!.close();
      await member!.close(true);
      member = undefined;
      return null;
    },
    async groupOffsets({ groupId, topic }) {
      const [group] = await admin.listConsumerGroupOffsets({ groups: [groupId] });
      const row = group!.topics.find(({ name }) => name === topic);
      return (row?.partitions ?? []).map(({ partitionIndex, committedOffset }) => ({
        partition: partitionIndex,
        offset: Number(committedOffset),
      }));
    },
    async setGroupOffsets({ groupId, topic, offsets }) {
      const partitionOffsets = offsets.map(({ partition, offset }) => ({
        partition,
        offset: BigInt(offset),
      }));
      await admin.alterConsumerGroupOffsets({ groupId, topics: [{ name: topic, partitionOffsets }] });
      return null;
    },
    async describeConfigs({ topic }) {
      const resources = [
        { resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configurationKeys: null },
      ];
      const [described] = await admin.describeConfigs({ resources, includeSynonyms: true });
      return Object.fromEntries(described!.configs.map(({ name, value }) => [name, value ?? null]));
    },
    async alterConfigs({ topic, configs }) {
      const rows = Object.entries(configs).map(([name, value]) => ({
        name,
        value,
        configOperation: 0 as const,
      }));
      await admin.incrementalAlterConfigs({
        resources: [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configs: rows }],
      });
      return null;
    },
    async createPartitions({ topic, totalCount }) {
      await admin.createPartitions({ topics: [{ name: topic, count: totalCount, assignments: [] }] });
      return null;
    },
    async deleteRecords({ topic, partition, beforeOffset }) {
      const partitions = [{ partition, offset: BigInt(beforeOffset) }];
      await admin.deleteRecords({ topics: [{ name: topic, partitions }] });
      return null;
    },
    async offsetRange({ topic, partition }) {
      return {
        beginning: await listedOffset(topic, partition, EARLIEST),
        end: await listedOffset(topic, partition, LATEST),
      };
    },
    async describeCluster() {
      const { id, brokers } = await admin.metadata({ topics: [] });
      return { clusterId: id, brokerCount: brokers.size };
    },
    listGroups: async () => [...(await admin.listGroups()).keys()],
    async describeGroup({ groupId }) {
      const groups = await admin.describeGroups({ groups: [groupId] });
      const { state, members } = groups.get(groupId)!;
      return { state, memberCount: members.size };
    },
    async deleteGroup({ groupId }) {
      await admin.deleteGroups({ groups: [groupId] });
      return null;
    },
  },
  errorCode: brokerError,
  async close() {
    await stream?.close();
    await member?.close(true);
    await producer?.close();
    await admin.close();
  },
});

/** Errors of the broker lie somewhere within errors of the client. */
function brokerError(error: unknown): string | undefined {
  const { apiId, cause, errors } = error as { apiId?: string; cause?: unknown; errors?: unknown[] };
  if (apiId !== undefined && apiId !== null) return apiId;
  for (const inner of [cause, ...(errors ?? [])]) {
    const code = inner === undefined || inner === null ? undefined : brokerError(inner);
    if (code !== undefined) return code;
  }
  return undefined;
}
