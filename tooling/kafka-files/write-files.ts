/**
 * Fills a broker with what the files are checked for: a topic per client and codec, and topics that were compacted,
 * shortened and stamped by the broker, each of several segments.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { Tidelog } from '@tidelog/client';
import type { Broker } from '@tidelog/broker';
import { CODECS, type Codec } from './decompress.ts';
import type { Doors, Writer } from './writers.ts';
import { keyed, recordsToWrite, type WrittenRecord } from './written-records.ts';

const RECORDS = 600;
const BATCH_RECORDS = 20;
/** Below it records of the topic `shortened` are deleted. */
const DELETED_BEFORE = 333;
/** Segments of a few batches, an index entry for almost each. */
const SEGMENTS = { 'segment.bytes': '16384', 'index.interval.bytes': '1024', 'file.delete.delay.ms': '0' };
/** What the broker does by itself takes at most so long. */
const BACKGROUND_WORK_MS = 20_000;
/** Options of a broker that compacts and deletes at once what may go. */
export const EAGER = { cleanerBackoffMs: 50, retentionCheckIntervalMs: 50 };

export interface WrittenTopic {
  readonly topic: string;
  readonly codec: Codec;
  readonly topicId: string;
  readonly records: readonly WrittenRecord[];
  readonly kind: 'plain' | 'compacted' | 'shortened' | 'stamped';
  readonly logStartOffset: number;
}

/** Writes all topics and commits offsets of a group, through both doors. */
export async function writeFiles(broker: Broker, writers: readonly Writer[]): Promise<WrittenTopic[]> {
  const doors: Doors = { native: broker.brokers[0]!, kafka: broker.kafkaBrokers[0]! };
  await using tidelog = new Tidelog({ brokers: broker.brokers });
  await using admin = tidelog.admin();
  const nowMs = Date.now();
  let seed = 1;

  async function write(
    topic: string,
    writer: Writer,
    given: { codec: Codec; kind?: WrittenTopic['kind']; configs?: Record<string, string>; hasKeys?: boolean },
  ): Promise<WrittenTopic> {
    const { codec, kind = 'plain', configs = {} } = given;
    const [created] = await admin.createTopics([
      { topic, partitions: 1, configs: { ...SEGMENTS, ...configs } },
    ]);
    const all = recordsToWrite({ count: RECORDS, firstMs: nowMs - 60_000, seed: seed++ });
    const records = await writer.write(doors, {
      topic,
      codec,
      records: kind === 'compacted' ? keyed(all) : all,
      batchRecords: BATCH_RECORDS,
    });
    return { topic, codec, topicId: created!.topicId, records, kind, logStartOffset: 0 };
  }

  const written: WrittenTopic[] = [];
  for (const codec of CODECS) {
    for (const writer of writers) written.push(await write(`${writer.name}-${codec}`, writer, { codec }));
  }
  const compacted = {
    kind: 'compacted',
    configs: { 'cleanup.policy': 'compact', 'min.cleanable.dirty.ratio': '0.01' },
  } as const;
  const stamped = { kind: 'stamped', configs: { 'message.timestamp.type': 'LogAppendTime' } } as const;
  for (const writer of writers) {
    written.push(await write(`compacted-${writer.name}`, writer, { codec: 'lz4', ...compacted }));
    written.push(await write(`stamped-${writer.name}`, writer, { codec: 'snappy', ...stamped }));
  }
  const shortened = await write('shortened', writers[0]!, { codec: 'gzip', kind: 'shortened' });
  await deleteRecords(doors.kafka, shortened.topic);
  written.push({ ...shortened, logStartOffset: DELETED_BEFORE });
  await awaitDeletion(broker, shortened.topic);
  await awaitCleanings(broker, written.filter(({ kind }) => kind === 'compacted').length);
  return written;
}

/** Through the Kafka door, and offsets of a group with it. */
async function deleteRecords(broker: string, topic: string): Promise<void> {
  const client = new kafkajs.Kafka({
    clientId: 'files',
    brokers: [broker],
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = client.admin();
  await admin.connect();
  try {
    await admin.fetchTopicOffsets(topic); // it knows the leaders of topics that it has asked for
    const partitions = [{ partition: 0, offset: String(DELETED_BEFORE) }];
    await admin.deleteTopicRecords({ topic, partitions });
    await admin.setOffsets({ groupId: 'readers', topic, partitions });
  } finally {
    await admin.disconnect();
  }
}

/** The first segment, whose records were all deleted, goes at the next look at the retention. */
function awaitDeletion(broker: Broker, topic: string): Promise<void> {
  const first = join(broker.dataDir, `${topic}-0`, `${'0'.repeat(20)}.log`);
  return until('the deleted records are on disk', () => Promise.resolve(!existsSync(first)));
}

function awaitCleanings(broker: Broker, logCount: number): Promise<void> {
  return until('the compacted topics were not cleaned', async () => {
    const cleanings = /^tidelog_log_cleaner_cleanings_total (\S+)$/m.exec(await broker.metrics());
    return Number(cleanings?.[1]) >= logCount;
  });
}

async function until(otherwise: string, isTrue: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + BACKGROUND_WORK_MS;
  while (!(await isTrue())) {
    if (performance.now() > deadlineMs) throw new Error(otherwise);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
