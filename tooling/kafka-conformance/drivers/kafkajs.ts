/**
 * The driver of kafkajs. Its codecs other than gzip are plug-ins; those for snappy, lz4 and zstd are made here from
 * the npm packages that its users take, and Node's zlib.
 */
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs, {
  type Admin,
  type Consumer,
  type IHeaders,
  type Kafka,
  type KafkaMessage,
  type Producer,
} from 'kafkajs';
import lz4 from 'lz4-napi';
import snappy from 'snappy';
import type { IncomingRecord, ReadFrom } from '../operations.ts';
import { serveOperations, Unsupported } from './serve-operations.ts';

const { CompressionCodecs, CompressionTypes, ConfigResourceTypes, KafkaJSError, logLevel, Partitioners } =
  kafkajs;
const { version } = createRequire(import.meta.url)('kafkajs/package.json') as { version: string };

// kafkajs hands its encoder an object with the bytes, its decoder the bytes.
interface Encodable {
  readonly buffer: Buffer;
}
const plugIn =
  (compress: (bytes: Buffer) => Promise<Buffer>, decompress: (bytes: Buffer) => Promise<Buffer>) => () => ({
    compress: ({ buffer }: Encodable) => compress(buffer),
    decompress,
  });
CompressionCodecs[CompressionTypes.Snappy] = plugIn(
  async (bytes) => Buffer.from(await snappy.compress(bytes)),
  async (bytes) => Buffer.from(await snappy.uncompress(bytes)),
);
CompressionCodecs[CompressionTypes.LZ4] = plugIn(
  async (bytes) => Buffer.from(await lz4.compressFrame(bytes)),
  async (bytes) => Buffer.from(await lz4.decompressFrame(bytes)),
);
CompressionCodecs[CompressionTypes.ZSTD] = plugIn(promisify(zstdCompress), promisify(zstdDecompress));

const CODECS = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};

/** A consumer that closes waits for its fetch to be answered. */
const MAX_WAIT_MS = 200;

let kafka: Kafka;
let admin: Admin;
const producers = new Map<boolean, Producer>();
let member: Consumer | undefined;
const memberRecords: IncomingRecord[] = [];
let memberAssigned: number[] = [];
let joinedTopic = '';
let readerCount = 0;

async function producerFor(idempotent: boolean): Promise<Producer> {
  let producer = producers.get(idempotent);
  if (producer !== undefined) return producer;
  producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent });
  producers.set(idempotent, producer);
  await producer.connect();
  return producer;
}

/** A repeated header is a list of values, in the place of the first. */
function headersOf(pairs: readonly (readonly [string, string])[] = []): IHeaders {
  const headers: Record<string, string[]> = {};
  for (const [name, value] of pairs) (headers[name] ??= []).push(value);
  return headers;
}

function incoming(partition: number, message: KafkaMessage): IncomingRecord {
  const headers = Object.entries(message.headers ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, String(value)] as const),
  );
  return {
    partition,
    offset: Number(message.offset),
    key: message.key?.toString() ?? null,
    value: message.value?.toString() ?? null,
    headers,
    timestampMs: Number(message.timestamp),
  };
}

async function startOffset(topic: string, partition: number, from: ReadFrom): Promise<string> {
  if (from === 'beginning') {
    const rows = await admin.fetchTopicOffsets(topic);
    return rows.find((row) => row.partition === partition)!.low;
  }
  if ('offset' in from) return String(from.offset);
  const rows = await admin.fetchTopicOffsetsByTimestamp(topic, from.timestampMs);
  return rows.find((row) => row.partition === partition)!.offset;
}

serveOperations({
  operations: {
    async open({ broker }) {
      kafka = new kafkajs.Kafka({ clientId: 'conformance', brokers: [broker], logLevel: logLevel.NOTHING });
      admin = kafka.admin();
      await admin.connect();
      return { version };
    },
    async metadata({ topic }) {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const { brokers } = await admin.describeCluster();
      return { brokerCount: brokers.length, partitionCount: topics[0]!.partitions.length };
    },
    async createTopic({ topic, partitions }) {
      await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] });
      return null;
    },
    async deleteTopic({ topic }) {
      await admin.deleteTopics({ topics: [topic] });
      return null;
    },
    listTopics: () => admin.listTopics(),
    async produce({ topic, records, compression = 'none', acks = -1, idempotent = false }) {
      const producer = await producerFor(idempotent);
      const rows = await producer.send({
        topic,
        acks,
        compression: CODECS[compression],
        messages: records.map(({ key, value, headers, partition, timestampMs }) => ({
          key,
          value,
          headers: headersOf(headers),
          ...(partition === undefined ? {} : { partition }),
          ...(timestampMs === undefined ? {} : { timestamp: String(timestampMs) }),
        })),
      });
      return rows.map((row) => ({ partition: row.partition, offset: Number(row.baseOffset ?? -1) }));
    },
    async consume({ topic, partition, from, count }) {
      // Reading without a group is not in kafkajs: a group of its own per read, moved to the place by seek.
      const offset = await startOffset(topic, partition, from);
      const reader = kafka.consumer({
        groupId: `${topic}-reader-${++readerCount}`,
        maxWaitTimeInMs: MAX_WAIT_MS,
      });
      const records: IncomingRecord[] = [];
      await reader.connect();
      await reader.subscribe({ topics: [topic], fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        reader
          .run({
            autoCommit: false,
            eachMessage: (payload) => {
              const isWanted =
                payload.partition === partition && Number(payload.message.offset) >= Number(offset);
              if (isWanted && records.length < count) records.push(incoming(partition, payload.message));
              if (records.length === count) resolve();
              return Promise.resolve();
            },
          })
          .catch(reject);
        reader.seek({ topic, partition, offset });
      });
      await reader.disconnect();
      return records;
    },
    async join({ groupId, topic, protocol }) {
      if (protocol === 'consumer') throw new Unsupported('the client knows classic groups only');
      member = kafka.consumer({
        groupId,
        heartbeatInterval: 300,
        sessionTimeout: 10_000,
        maxWaitTimeInMs: MAX_WAIT_MS,
      });
      member.on(member.events.GROUP_JOIN, ({ payload }) => {
        memberAssigned = [...(payload.memberAssignment[topic] ?? [])].sort((one, two) => one - two);
      });
      await member.connect();
      await member.subscribe({ topics: [topic], fromBeginning: true });
      await member.run({
        autoCommit: false,
        eachMessage: ({ partition, message }) => {
          memberRecords.push(incoming(partition, message));
          return Promise.resolve();
        },
      });
      joinedTopic = topic;
      return null;
    },
    member: () => Promise.resolve({ assigned: memberAssigned, records: memberRecords }),
    async commitAndLeave() {
      const next = new Map<number, number>();
      for (const { partition, offset } of memberRecords) next.set(partition, offset + 1);
      await member!.commitOffsets(
        [...next]
          .filter(([partition]) => memberAssigned.includes(partition))
          .map(([partition, offset]) => ({ topic: joinedTopic, partition, offset: String(offset) })),
      );
      await member!.disconnect();
      return null;
    },
    async groupOffsets({ groupId, topic }) {
      const [row] = await admin.fetchOffsets({ groupId, topics: [topic] });
      return row!.partitions.map(({ partition, offset }) => ({ partition, offset: Number(offset) }));
    },
    async setGroupOffsets({ groupId, topic, offsets }) {
      const partitions = offsets.map(({ partition, offset }) => ({ partition, offset: String(offset) }));
      await admin.setOffsets({ groupId, topic, partitions });
      return null;
    },
    async describeConfigs({ topic }) {
      const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic }];
      const { resources: rows } = await admin.describeConfigs({ resources, includeSynonyms: true });
      return Object.fromEntries(
        rows[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]),
      );
    },
    async alterConfigs({ topic, configs }) {
      const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
      const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }];
      await admin.alterConfigs({ validateOnly: false, resources });
      return null;
    },
    async createPartitions({ topic, totalCount }) {
      await admin.createPartitions({ topicPartitions: [{ topic, count: totalCount }] });
      return null;
    },
    async deleteRecords({ topic, partition, beforeOffset }) {
      // It looks for the partition's leader before it asks for the topic's metadata; this asks.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(beforeOffset) }] });
      return null;
    },
    async offsetRange({ topic, partition }) {
      const rows = await admin.fetchTopicOffsets(topic);
      const { low, high } = rows.find((row) => row.partition === partition)!;
      return { beginning: Number(low), end: Number(high) };
    },
    async describeCluster() {
      const { clusterId, brokers } = await admin.describeCluster();
      return { clusterId, brokerCount: brokers.length };
    },
    async listGroups() {
      const { groups } = await admin.listGroups();
      return groups.map(({ groupId }) => groupId);
    },
    async describeGroup({ groupId }) {
      const { groups } = await admin.describeGroups([groupId]);
      return { state: groups[0]!.state, memberCount: groups[0]!.members.length };
    },
    async deleteGroup({ groupId }) {
      await admin.deleteGroups([groupId]);
      return null;
    },
  },
  errorCode(error) {
    const type = (error as { type?: unknown }).type;
    if (typeof type === 'string') return type;
    return error instanceof KafkaJSError && error.cause !== undefined
      ? ((error.cause as { type?: string }).type ?? undefined)
      : undefined;
  },
  async close() {
    await member?.disconnect();
    for (const producer of producers.values()) await producer.disconnect();
    await admin.disconnect();
  },
});
