/**
 * The two sides of a row: the same topic contents and group for each, made by Tidelog's admin, and the old and the new
 * client to run the row's code with. What a row did is told in a form in which both can be compared.
 */
import { Tidelog, type Admin } from '@tidelog/client';
import kafkajs from 'kafkajs';
import type { PageRow } from './migration-page.ts';
import { runCode, runOptions } from './run-code.ts';

export interface Doors {
  readonly native: string;
  readonly kafka: string;
}

type SideName = 'theirs' | 'ours';

/** What the code of a row may name on either side. */
interface Side {
  readonly doors: Doors;
  readonly admin: Admin;
  readonly topic: string;
  readonly groupId: string;
  readonly code: string;
}

const { logLevel, Partitioners } = kafkajs;
const { Kafka, CompressionTypes, ConfigResourceTypes, PartitionAssigners } = kafkajs;
const KAFKAJS_NAMES = { CompressionTypes, ConfigResourceTypes, PartitionAssigners, Partitioners, logLevel };
const VALUES = ['a', 'b', 'c'];
const SEEN_WITHIN_MS = 20_000;
const SHORT_WAIT_MS = 200;
/** Timestamps that are older were given by the row, others are those of the moment. */
const GIVEN_BEFORE_MS = Date.now() - 3_600_000;

let runCount = 0;

/** Runs one side of a row; what it did, in plain data without names that differ between the sides. */
export async function runSide(row: PageRow, name: SideName, doors: Doors): Promise<unknown> {
  await using tidelog = new Tidelog({ brokers: [doors.native] });
  await using admin = tidelog.admin();
  const id = `${name}-${++runCount}`;
  const side: Side = {
    doors,
    admin,
    topic: `topic-${id}`,
    groupId: `group-${id}`,
    code: row[name],
  };
  await prepare(tidelog, side, row.kind);
  const run = RUNS[row.kind]?.[name];
  if (run === undefined) throw new Error(`nobody knows how to run rows of the kind ${row.kind}`);
  const result = await run(side);
  const did = { result: result ?? null, ...(await stateOf(tidelog, side, row)) };
  return JSON.parse(
    JSON.stringify(did).replaceAll(side.topic, 'TOPIC').replaceAll(side.groupId, 'GROUP'),
  ) as unknown;
}

/** A topic that producers write to, or one with records, of which a group has read some. */
async function prepare(tidelog: Tidelog, { admin, topic, groupId }: Side, kind: string): Promise<void> {
  const isConsumed = kind.startsWith('consumer');
  await admin.createTopics([{ topic, partitions: isConsumed ? 1 : kind === 'admin' ? 2 : 3 }]);
  if (kind.startsWith('producer')) return;
  await using producer = tidelog.producer();
  const messages = VALUES.map((value) => ({ key: 'k', value, partition: 0, headers: { trace: value } }));
  await producer.send({ topic, messages });
  if (kind === 'admin') await admin.setOffsets(groupId, [{ topic, partition: 0, offset: 1 }]);
}

/** What there is afterwards: the records that were produced, or topics, configs and the place of the group. */
async function stateOf(tidelog: Tidelog, side: Side, row: PageRow): Promise<object> {
  const { admin, topic, groupId } = side;
  if (row.kind.startsWith('producer')) {
    const saysPartition = row.theirs.includes('artition');
    return { records: await recordsOf(tidelog, topic, { saysPartition }) };
  }
  const commits = /commit/.test(row.what) || row.kind === 'admin';
  const committed = commits
    ? (await admin.fetchOffsets(groupId)).map(({ offset, metadata }) => [offset, metadata])
    : [];
  if (row.kind !== 'admin') return { committed };
  const topics = (await admin.listTopics()).filter((listed) => listed.topic.startsWith(topic));
  const described = await Promise.all(
    topics.map(async ({ topic: name, partitions }) => ({
      name,
      partitions,
      starts: (await admin.listOffsets(name, 'earliest')).map(({ offset }) => offset),
      configs: (await admin.describeConfigs({ topic: name })).filter(
        ({ source }) => source === 'TOPIC_CONFIG',
      ),
    })),
  );
  return { committed, topics: described };
}

/** By value. Which partition takes a record without a key is nobody's promise, unless the row is about it. */
async function recordsOf(
  tidelog: Tidelog,
  topic: string,
  { saysPartition }: { saysPartition: boolean },
): Promise<unknown[]> {
  const ends = await tidelog.admin().listOffsets(topic, 'latest');
  let left = ends.reduce((sum, { offset }) => sum + offset, 0);
  const records: { key: string | null; value: string | null }[] = [];
  if (left === 0) return records;
  await using consumer = tidelog.consumer({ topics: [topic], startFrom: 'earliest' });
  for await (const { key, value, headers, partition, timestampMs } of consumer) {
    records.push({
      key: key?.toString() ?? null,
      value: value?.toString() ?? null,
      ...((key !== null || saysPartition) && { partition }),
      ...{ headers: headers.map((header) => [header.key, header.value?.toString()]) },
      ...(timestampMs < GIVEN_BEFORE_MS && { timestampMs }),
    });
    if (--left === 0) break;
  }
  return records.sort((one, two) => String(one.value).localeCompare(String(two.value)));
}

const kafkaOf = ({ doors }: Side, options: object = {}): kafkajs.Kafka =>
  new Kafka({ clientId: 'migration', brokers: [doors.kafka], logLevel: logLevel.NOTHING, ...options });

/** Waits until so many values were seen while the code runs, then ends it. */
async function consuming(
  run: (seen: (value: string) => void) => Promise<unknown>,
  end: () => Promise<void>,
): Promise<string[]> {
  const values: string[] = [];
  const all = Promise.withResolvers<void>();
  const timer = setTimeout(() => all.reject(new Error(`only ${values.join()} was seen`)), SEEN_WITHIN_MS);
  const running = run((value) => {
    values.push(value);
    if (values.length === VALUES.length) all.resolve();
  });
  running.catch((error: unknown) => all.reject(error as Error));
  try {
    await all.promise;
  } finally {
    clearTimeout(timer);
    await end();
  }
  await running;
  return values;
}

type Run = (side: Side) => Promise<unknown>;

const RUNS: Readonly<Record<string, Readonly<Record<SideName, Run>>>> = {
  client: {
    async theirs(side) {
      const admin = kafkaOf(side, await runOptions(side.code, KAFKAJS_NAMES)).admin();
      await admin.connect();
      const topics = await admin.listTopics();
      await admin.disconnect();
      return topics.includes(side.topic);
    },
    async ours(side) {
      await using tidelog = new Tidelog({
        brokers: [side.doors.native],
        ...(await runOptions(side.code, {})),
      });
      return (await tidelog.admin().listTopics()).some(({ topic }) => topic === side.topic);
    },
  },
  'producer-options': {
    async theirs(side) {
      const options = {
        createPartitioner: Partitioners.DefaultPartitioner,
        ...(await runOptions(side.code, KAFKAJS_NAMES)),
      };
      const producer = kafkaOf(side).producer(options);
      await producer.connect();
      await producer.send({ topic: side.topic, messages: [{ key: 'k', value: 'v' }] });
      await producer.disconnect();
    },
    async ours(side) {
      await using tidelog = new Tidelog({ brokers: [side.doors.native] });
      await using producer = tidelog.producer(await runOptions(side.code, {}));
      await producer.send({ topic: side.topic, messages: [{ key: 'k', value: 'v' }] });
    },
  },
  producer: {
    async theirs(side) {
      const kafka = kafkaOf(side);
      const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
      await producer.connect();
      const result = await runCode(side.code, { ...KAFKAJS_NAMES, kafka, producer, topic: side.topic });
      await producer.disconnect();
      return Array.isArray(result) && typeof result[0] === 'number' ? result : undefined;
    },
    async ours(side) {
      await using tidelog = new Tidelog({ brokers: [side.doors.native] });
      const producer = tidelog.producer();
      const result = await runCode(side.code, { tidelog, producer, topic: side.topic });
      return Array.isArray(result) && typeof result[0] === 'number' ? result : undefined;
    },
  },
  'consumer-options': {
    async theirs(side) {
      const given = await runOptions(side.code, KAFKAJS_NAMES);
      const consumer = kafkaOf(side).consumer({
        groupId: side.groupId,
        maxWaitTimeInMs: SHORT_WAIT_MS,
        ...given,
      });
      const { topic } = side;
      const code =
        'await consumer.subscribe({ topics: [topic], fromBeginning: true }); await consumer.run({ eachMessage: async ({ message }) => seen(message.value.toString()) })';
      await consumer.connect();
      return await consuming(
        (seen) => runCode(code, { consumer, topic, seen }),
        () => consumer.disconnect(),
      );
    },
    async ours(side) {
      await using tidelog = new Tidelog({ brokers: [side.doors.native] });
      const given = await runOptions(side.code, {});
      const consumer = tidelog.consumer({
        groupId: side.groupId,
        topics: [side.topic],
        startFrom: 'earliest',
        ...given,
      });
      const code = 'for await (const record of consumer) seen(record.value.toString())';
      return await consuming(
        (seen) => runCode(code, { consumer, seen }),
        () => tidelog.close(),
      );
    },
  },
  consumer: {
    async theirs(side) {
      const { topic, groupId } = side;
      const consumer = kafkaOf(side).consumer({ groupId, maxWaitTimeInMs: SHORT_WAIT_MS });
      await consumer.connect();
      return await consuming(
        (seen) => runCode(side.code, { consumer, topic, groupId, seen }),
        () => consumer.disconnect(),
      );
    },
    async ours(side) {
      const { topic, groupId } = side;
      await using tidelog = new Tidelog({ brokers: [side.doors.native] });
      return await consuming(
        (seen) => runCode(side.code, { tidelog, topic, groupId, seen }),
        () => tidelog.close(),
      );
    },
  },
  admin: {
    async theirs({ topic, groupId, code, ...side }) {
      const admin = kafkaOf({ topic, groupId, code, ...side }).admin();
      await admin.connect();
      const result = await runCode(code, { ...KAFKAJS_NAMES, admin, topic, groupId });
      await admin.disconnect();
      // What the calls that change something answer differs; what they did is looked up.
      return isChange(code) ? undefined : result;
    },
    async ours({ doors, topic, groupId, code }) {
      await using tidelog = new Tidelog({ brokers: [doors.native] });
      const result = await runCode(code, { admin: tidelog.admin(), topic, groupId });
      return isChange(code) ? undefined : result;
    },
  },
};

/** A statement rather than a value. */
function isChange(code: string): boolean {
  return code.startsWith('await ');
}
