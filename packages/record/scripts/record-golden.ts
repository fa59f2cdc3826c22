/**
 * Records golden bytes: gives the records of test/golden-records.ts to real Kafka clients and writes the batches that
 * they make to testdata, with golden.json as the list. testdata/README.md says what is needed to run it.
 *
 * - librdkafka (confluent_kafka for Python) and kafkajs send to a fake endpoint, as they would to a broker;
 * - kafkajs's encoder is called for a transactional batch, @platformatic/kafka's and kafka-python's for the codecs
 *   and framings that the others lack.
 */
import { execFile, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createRecordsBatch } from '@platformatic/kafka';
import { Kafka, logLevel, CompressionTypes } from 'kafkajs';
import { COMPRESSION_TYPES, type CompressionType } from '../src/compression/compression-type.ts';
import { GOLDEN_RECORDS, type GoldenBatch, type GoldenRecord } from '../test/golden-records.ts';
import { startFakeKafkaEndpoint } from './fake-kafka-endpoint.ts';

const PYTHON = '/usr/bin/python3';
const PRODUCER_ID = 4242;
const require = createRequire(import.meta.url);
const TESTDATA = new URL('../testdata/', import.meta.url);
const PLAIN = { producerId: -1, producerEpoch: -1, baseSequence: -1, isTransactional: false } as const;

const list: GoldenBatch[] = [];

function keep(batch: GoldenBatch, bytes: Buffer): void {
  writeFileSync(new URL(`${batch.name}.bin`, TESTDATA), bytes);
  list.push(batch);
  console.log(`${batch.name}: ${bytes.length} bytes`);
}

function inBase64(records: readonly GoldenRecord[]): unknown {
  const text = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null;
  return records.map(({ timestampMs, key, value, headers }) => ({
    timestampMs,
    key: text(key),
    value: text(value),
    headers: headers.map(([name, data]) => [name, text(data)]),
  }));
}

async function python(script: string, job: object): Promise<string> {
  return await new Promise((resolve, reject) => {
    const path = new URL(script, import.meta.url).pathname;
    const child: ChildProcess = execFile(PYTHON, [path], { maxBuffer: 1 << 24 }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
    child.stdin?.end(JSON.stringify(job));
  });
}

async function recordLibrdkafka(
  compression: CompressionType,
  records: GoldenBatch['records'],
  isIdempotent: boolean,
): Promise<void> {
  const endpoint = await startFakeKafkaEndpoint(PRODUCER_ID);
  const version = await python('produce-librdkafka.py', {
    config: {
      'bootstrap.servers': `127.0.0.1:${endpoint.port}`,
      'compression.codec': compression,
      'enable.idempotence': isIdempotent,
      'linger.ms': 500,
      'batch.num.messages': 100000,
    },
    records: inBase64(GOLDEN_RECORDS[records]),
  });
  endpoint.close();
  const [bytes] = endpoint.recordSets;
  if (bytes === undefined || endpoint.recordSets.length > 1) throw new Error('expected one batch');
  const name = `librdkafka-${isIdempotent ? 'idempotent' : compression}-${records}`;
  const producer = isIdempotent ? { producerId: PRODUCER_ID, producerEpoch: 0, baseSequence: 0 } : {};
  keep({ name, client: `librdkafka ${version.trim()}`, compression, records, ...PLAIN, ...producer }, bytes);
}

const kafkajsVersion = `kafkajs ${(require('kafkajs/package.json') as { version: string }).version}`;

/** kafkajs takes headers as an object; a repeated key becomes an array. */
function headersObject(headers: GoldenRecord['headers']): Record<string, Buffer[]> {
  const object: Record<string, Buffer[]> = {};
  for (const [name, data] of headers) (object[name] ??= []).push(data ?? Buffer.alloc(0));
  return object;
}

async function recordKafkajs(compression: 'none' | 'gzip'): Promise<void> {
  const endpoint = await startFakeKafkaEndpoint(PRODUCER_ID);
  const kafka = new Kafka({ brokers: [`127.0.0.1:${endpoint.port}`], logLevel: logLevel.ERROR });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({
    topic: 'golden',
    compression: compression === 'none' ? CompressionTypes.None : CompressionTypes.GZIP,
    messages: GOLDEN_RECORDS.mixed.map(({ timestampMs, key, value, headers }) => ({
      key,
      value,
      headers: headersObject(headers),
      timestamp: String(timestampMs),
    })),
  });
  await producer.disconnect();
  endpoint.close();
  const [bytes] = endpoint.recordSets;
  if (bytes === undefined) throw new Error('expected a batch');
  const name = `kafkajs-${compression}-mixed`;
  // kafkajs leaves 0 in the epoch and the sequence of a batch without producer id.
  const fields = { ...PLAIN, producerEpoch: 0, baseSequence: 0 };
  keep({ name, client: kafkajsVersion, compression, records: 'mixed', ...fields }, bytes);
}

async function recordKafkajsTransactional(): Promise<void> {
  const protocol = 'kafkajs/src/protocol';
  const { RecordBatch } = require(`${protocol}/recordBatch/v0`) as {
    RecordBatch: (fields: object) => Promise<{ buffer: Buffer }>;
  };
  const encodeRecord = require(`${protocol}/recordBatch/record/v0`) as (record: object) => object;
  const records = GOLDEN_RECORDS.mixed;
  const firstTimestamp = records[0]!.timestampMs;
  const encoded = await RecordBatch({
    firstTimestamp,
    maxTimestamp: Math.max(...records.map(({ timestampMs }) => timestampMs)),
    lastOffsetDelta: records.length - 1,
    transactional: true,
    producerId: PRODUCER_ID,
    producerEpoch: 3,
    firstSequence: 77,
    records: records.map((record, offsetDelta) =>
      encodeRecord({
        offsetDelta,
        timestampDelta: record.timestampMs - firstTimestamp,
        key: record.key,
        value: record.value,
        headers: headersObject(record.headers),
      }),
    ),
  });
  // Bytes as a Produce request holds them start with their length.
  const bytes = encoded.buffer;
  const producer = { producerId: PRODUCER_ID, producerEpoch: 3, baseSequence: 77, isTransactional: true };
  const name = 'kafkajs-transactional-mixed';
  keep({ name, client: kafkajsVersion, compression: 'none', records: 'mixed', ...producer }, bytes);
}

function recordPlatformatic(compression: CompressionType): void {
  const version = JSON.parse(
    readFileSync(new URL('../node_modules/@platformatic/kafka/package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  const messages = GOLDEN_RECORDS.large.map(({ timestampMs, key, value }) => ({
    topic: 'golden',
    timestamp: BigInt(timestampMs),
    ...(key === null ? {} : { key }),
    value: value ?? Buffer.alloc(0),
  }));
  const { buffer } = createRecordsBatch(messages, { compression });
  const name = `platformatic-${compression}-large`;
  const fields = { ...PLAIN, producerEpoch: 0, baseSequence: 0 };
  const client = `@platformatic/kafka ${version.version}`;
  keep({ name, client, compression, records: 'large', ...fields }, buffer);
}

async function recordKafkaPython(
  compression: CompressionType,
  records: GoldenBatch['records'],
): Promise<void> {
  const job = { codec: COMPRESSION_TYPES.indexOf(compression), records: inBase64(GOLDEN_RECORDS[records]) };
  const answer = JSON.parse(await python('encode-kafka-python.py', job)) as {
    version: string;
    bytes: string;
  };
  const name = `kafka-python-${compression}-${records}`;
  const bytes = Buffer.from(answer.bytes, 'base64');
  keep({ name, client: `kafka-python ${answer.version}`, compression, records, ...PLAIN }, bytes);
}

for (const compression of COMPRESSION_TYPES) await recordLibrdkafka(compression, 'mixed', false);
await recordLibrdkafka('none', 'nullHeader', false);
await recordLibrdkafka('none', 'mixed', true);
for (const compression of ['snappy', 'lz4', 'zstd'] as const) {
  await recordLibrdkafka(compression, 'large', false);
}
await recordKafkajs('none');
await recordKafkajs('gzip');
await recordKafkajsTransactional();
for (const compression of ['snappy', 'lz4', 'zstd'] as const) recordPlatformatic(compression);
await recordKafkaPython('none', 'mixed');
// kafka-python writes snappy in the xerial framing, as the Java client does.
for (const compression of ['snappy', 'lz4'] as const) await recordKafkaPython(compression, 'large');

writeFileSync(new URL('golden.json', TESTDATA), `${JSON.stringify(list, null, 2)}\n`);
