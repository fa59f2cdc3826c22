/**
 * What real clients wrote through both doors lies on disk as Kafka would have laid it: read by a reader that was
 * made from the public description of the formats and shares no code with the broker.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestBroker } from '@tidelog/broker/testing';
import { Tidelog } from '@tidelog/client';
import { requireSystemPackage } from '../system-packages.js';
import type { FileBatch, FileRecord } from './batch-reader.ts';
import { crc32c } from './crc32c.ts';
import { fetchThroughKafkaDoor } from './raw-fetch.ts';
import { readPartitionFiles, type PartitionFiles, type SegmentFiles } from './partition-files.ts';
import { brokenRules } from './partition-rules.ts';
import { readOffsetCheckpoint, readProperties } from './small-files.ts';
import { EAGER, writeFiles, type WrittenTopic } from './write-files.ts';
import { KCAT, WRITERS } from './writers.ts';

const writers = requireSystemPackage('kcat') ? [...WRITERS, KCAT] : WRITERS;
const dataDir = mkdtempSync(join(tmpdir(), 'tidelog-kafka-files-'));
const SET_UP_MS = 120_000;

interface ReadRecord {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: string | null;
  readonly value: string | null;
}

let written: WrittenTopic[] = [];
let topicsOnDisk: string[] = [];
let startedMs = 0;
let clusterId = '';
const readNatively = new Map<string, ReadRecord[]>();
const fetched = new Map<string, Buffer>();

beforeAll(async () => {
  startedMs = Date.now();
  const broker = await startTestBroker({ dataDir, kafka: { port: 0 }, ...EAGER });
  clusterId = broker.clusterId;
  written = await writeFiles(broker, writers);
  for (const { topic, logStartOffset } of written) {
    readNatively.set(topic, await readAll(broker.brokers, topic));
    fetched.set(
      topic,
      await fetchThroughKafkaDoor(broker.kafkaBrokers[0]!, { topic, fromOffset: logStartOffset }),
    );
  }
  await broker.close();
  topicsOnDisk = readdirSync(dataDir).filter((name) => /-\d+$/.test(name));
}, SET_UP_MS);

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function readAll(brokers: string[], topic: string): Promise<ReadRecord[]> {
  await using tidelog = new Tidelog({ brokers });
  await using admin = tidelog.admin();
  const [end] = await admin.listOffsets(topic, 'latest');
  await using consumer = tidelog.consumer({ topics: [topic], startFrom: 'earliest' });
  const records: ReadRecord[] = [];
  for await (const { offset, timestampMs, key, value } of consumer) {
    records.push({ offset, timestampMs, key: key?.toString() ?? null, value: value?.toString() ?? null });
    if (offset === end!.offset - 1) break;
  }
  return records;
}

const partitionOf = (topic: string): PartitionFiles => readPartitionFiles(dataDir, `${topic}-0`);
const batchesOf = (files: PartitionFiles) => files.segments.flatMap(({ batches }) => batches);
const recordsOf = (files: PartitionFiles): FileRecord[] => batchesOf(files).flatMap(({ records }) => records);
const plain = ({ offset, timestampMs, key, value }: FileRecord): ReadRecord => ({
  offset,
  timestampMs,
  key: key?.toString() ?? null,
  value: value?.toString() ?? null,
});
const ofKind = (...kinds: WrittenTopic['kind'][]): WrittenTopic[] =>
  written.filter(({ kind }) => kinds.includes(kind));

test('the CRC of the reader is the Castagnoli CRC', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

describe('every partition', () => {
  test('keeps the rules of Kafka for segments, indexes, time indexes, epochs and producer snapshots', () => {
    expect(topicsOnDisk.length).toBeGreaterThanOrEqual(written.length + 1);
    for (const name of topicsOnDisk) {
      const topic = written.find((row) => `${row.topic}-0` === name);
      const gapsBelow = topic?.kind === 'compacted' || name.startsWith('__') ? Infinity : 0;
      const files = readPartitionFiles(dataDir, name);
      expect(brokenRules(files, { gapsBelow, logStartOffset: topic?.logStartOffset ?? 0 })).toEqual([]);
    }
  });

  test('has several segments, entries in their indexes, and snapshots of the producers that are idempotent', () => {
    for (const { topic } of ofKind('plain')) {
      const { segments, snapshots } = partitionOf(topic);
      const isIdempotent = topic.startsWith('tidelog') || !topic.endsWith('-none');
      expect(segments.length, topic).toBeGreaterThan(2);
      for (const { offsetIndex, timeIndex } of segments.slice(0, -1)) {
        expect(offsetIndex.length, topic).toBeGreaterThan(0);
        expect(timeIndex.length, topic).toBeGreaterThan(0);
      }
      expect([...snapshots.values()].flat().length > 0, topic).toBe(isIdempotent);
      expect([...snapshots.keys()], topic).toEqual(
        expect.arrayContaining(segments.slice(1).map((row) => row.baseOffset)),
      );
    }
  });

  test('names the id of its topic', () => {
    for (const { topic, topicId } of written) expect(partitionOf(topic).topicId).toBe(topicId);
  });
});

test('a file that breaks a rule is found out', () => {
  const files = partitionOf('tidelog-zstd');
  const [segment] = files.segments;
  const [batch] = segment!.batches;
  const [epoch] = files.leaderEpochs;
  const [offset, producers] = [...files.snapshots].at(-1)!;
  const withSegment = (change: Partial<SegmentFiles>): PartitionFiles => ({
    ...files,
    segments: [{ ...segment!, ...change }, ...files.segments.slice(1)],
  });
  const withBatch = (change: Partial<FileBatch>): PartitionFiles =>
    withSegment({ batches: [{ ...batch!, ...change }, ...segment!.batches.slice(1)] });
  const bad: Record<string, PartitionFiles> = {
    'a wrong CRC': withBatch({ isCrcRight: false }),
    'is its largest timestamp': withBatch({ maxTimestampMs: batch!.maxTimestampMs + 1 }),
    'lie outside of segment': withBatch({ lastOffset: batch!.lastOffset + 1000 }),
    'follows -1': withSegment({ batches: segment!.batches.slice(1) }),
    'points at no batch': withSegment({ offsetIndex: [{ offset: 39, position: 1 }] }),
    'names no last offset': withSegment({ timeIndex: [{ timestampMs: 1, offset: 1 }] }),
    'of the sealed segment': withSegment({ timeIndex: segment!.timeIndex.slice(0, -1) }),
    'has leader epoch': { ...files, leaderEpochs: [{ ...epoch!, epoch: 7 }] },
    'the snapshot at': { ...files, snapshots: new Map([[offset, [{ ...producers[0]!, lastSequence: 3 }]]]) },
  };
  for (const [sentence, broken] of Object.entries(bad)) {
    expect(brokenRules(broken).join('\n'), sentence).toContain(sentence);
  }
});

describe('every record', () => {
  test('has the key, value, headers and timestamp that its client sent, in order, in batches of the codec', () => {
    for (const { topic, codec, records } of ofKind('plain')) {
      const files = partitionOf(topic);
      expect(new Set(batchesOf(files).map((batch) => batch.codec)), topic).toEqual(new Set([codec]));
      const found = recordsOf(files);
      expect(found.map(plain), topic).toEqual(
        records.map(({ key, value, timestampMs }, offset) => ({
          offset,
          key,
          value,
          timestampMs: timestampMs ?? (expect.any(Number) as unknown),
        })),
      );
      const headersOf = (record: FileRecord) =>
        record.headers.map(({ key, value }) => [key, value?.toString()]);
      expect(found.map(headersOf), topic).toEqual(records.map(({ headers }) => headers));
    }
  });

  test('is what a consumer of the native door reads: offset, timestamp, key and value', () => {
    for (const { topic, logStartOffset } of written) {
      const onDisk = recordsOf(partitionOf(topic)).map(plain);
      expect(readNatively.get(topic), topic).toEqual(onDisk.filter(({ offset }) => offset >= logStartOffset));
    }
  });

  test('comes through the Kafka door in the very bytes of the file', () => {
    for (const { topic } of written) {
      const { segments } = partitionOf(topic);
      const log = Buffer.concat(
        segments.map(({ baseOffset }) =>
          readFileSync(join(dataDir, `${topic}-0`, `${String(baseOffset).padStart(20, '0')}.log`)),
        ),
      );
      const bytes = fetched.get(topic)!;
      expect(bytes.length, topic).toBeGreaterThan(0);
      expect(log.subarray(-bytes.length).equals(bytes), topic).toBe(true);
    }
  });

  test('is stamped by the broker where the topic says so, with a CRC that is right again', () => {
    for (const { topic, records } of ofKind('stamped')) {
      const batches = batchesOf(partitionOf(topic));
      expect(
        batches.every((batch) => batch.isLogAppendTime && batch.isCrcRight),
        topic,
      ).toBe(true);
      const found = batches.flatMap((batch) => batch.records);
      expect(found.map(plain).map(({ value }) => value)).toEqual(records.map(({ value }) => value));
      expect(
        found.every(({ timestampMs }) => timestampMs >= startedMs && timestampMs <= Date.now()),
        topic,
      ).toBe(true);
    }
  });

  test('of a compacted topic is the last one of its key below the active segment, at its old offset', () => {
    for (const { topic, records } of ofKind('compacted')) {
      const files = partitionOf(topic);
      const activeFrom = files.segments.at(-1)!.baseOffset;
      const found = recordsOf(files);
      const last = new Map(records.slice(0, activeFrom).map(({ key }, offset) => [key, offset]));
      for (const { offset, key, value } of found) {
        expect(value?.toString() ?? null, topic).toBe(records[offset]!.value);
        if (offset < activeFrom) expect(last.get(key!.toString()), `${topic} ${offset}`).toBe(offset);
      }
      expect(found.length, topic).toBeLessThan(records.length);
    }
  });
});

describe('the files at the top', () => {
  const checkpoint = (name: string) => readOffsetCheckpoint(readFileSync(join(dataDir, name), 'utf8'));

  test('say what was recovered, deleted and cleaned, by topic and partition', () => {
    const recoveryPoints = checkpoint('recovery-point-offset-checkpoint');
    for (const { topic, records } of written)
      expect(recoveryPoints.get(`${topic}-0`), topic).toBe(records.length);
    expect(checkpoint('log-start-offset-checkpoint').get('shortened-0')).toBe(333);
    const cleaned = checkpoint('cleaner-offset-checkpoint');
    for (const { topic } of ofKind('compacted')) {
      expect(cleaned.get(`${topic}-0`), topic).toBe(partitionOf(topic).segments.at(-1)!.baseOffset);
    }
  });

  test('name the cluster and the node', () => {
    const properties = readProperties(readFileSync(join(dataDir, 'meta.properties'), 'utf8'));
    expect(properties.get('version')).toBe('1');
    expect(properties.get('cluster.id')).toBe(clusterId);
    expect(properties.get('node.id')).toBe('1');
    expect(properties.get('directory.id')).toMatch(/^[\w-]{22}$/);
  });

  test('tell that the broker stopped cleanly', () => {
    expect(readdirSync(dataDir)).toContain('.kafka_cleanshutdown');
  });
});
