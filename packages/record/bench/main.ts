/**
 * Measures this package on plain Node, against the encoders and decoders of other JavaScript clients in the same run.
 * `node bench/main.ts` after a build; ten seconds. Absolute figures vary between machines by a factor of two and
 * more: compare the ratios.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { Reader, createRecordsBatch, readRecordsBatch } from '@platformatic/kafka';
import { BatchBuilder, RecordBatch, crc32c, validateBatch } from '@tidelog/record';
import { COMPRESSION_TYPES, compressSync, decompressSync } from '@tidelog/record/compression';

const RECORDS_PER_BATCH = 500;
const KEY_BYTES = 10;
const VALUE_BYTES = 100;
const ROUNDS = 7;
const ROUND_MS = 120;
const TIMESTAMP_MS = 1_700_000_000_000;

const require = createRequire(import.meta.url);

function versionOf(name: string): string {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/** Calls `run` for some rounds and returns the units per second of the best: the one that was disturbed least. */
async function rate(unitsPerRun: number, run: () => unknown): Promise<number> {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let runs = 0;
    let elapsedMs = 0;
    for (; elapsedMs < ROUND_MS; elapsedMs = performance.now() - start) {
      const result = run();
      if (result instanceof Promise) await result;
      runs++;
    }
    best = Math.max(best, (runs * unitsPerRun * 1000) / elapsedMs);
  }
  return best;
}

const keys = Array.from({ length: RECORDS_PER_BATCH }, (_, index) =>
  Buffer.from(`key-${index}`.padEnd(KEY_BYTES, '.')),
);
const values = Array.from({ length: RECORDS_PER_BATCH }, (_, index) =>
  Buffer.from(`value ${index} `.padEnd(VALUE_BYTES, 'x')),
);
const keyTexts = keys.map(String);
const valueTexts = values.map(String);
const memory = Buffer.allocUnsafeSlow(RECORDS_PER_BATCH * (KEY_BYTES + VALUE_BYTES + 20));

function build(keyList: readonly (Buffer | string)[], valueList: readonly (Buffer | string)[]): Buffer {
  const builder = new BatchBuilder({ memory });
  for (let index = 0; index < RECORDS_PER_BATCH; index++) {
    builder.append(TIMESTAMP_MS, keyList[index]!, valueList[index]!);
  }
  return builder.buildSync();
}

const kafkajs = {
  encodeRecord: require('kafkajs/src/protocol/recordBatch/record/v0') as (record: object) => object,
  encodeBatch: (
    require('kafkajs/src/protocol/recordBatch/v0') as {
      RecordBatch: (fields: object) => Promise<{ buffer: Buffer }>;
    }
  ).RecordBatch,
  decodeBatch: require('kafkajs/src/protocol/recordBatch/v0/decoder') as (decoder: object) => Promise<object>,
  Decoder: require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => object,
};

function encodeWithKafkajs(): Promise<{ buffer: Buffer }> {
  return kafkajs.encodeBatch({
    firstTimestamp: TIMESTAMP_MS,
    maxTimestamp: TIMESTAMP_MS,
    lastOffsetDelta: RECORDS_PER_BATCH - 1,
    records: keys.map((key, offsetDelta) =>
      kafkajs.encodeRecord({ offsetDelta, timestampDelta: 0, key, value: values[offsetDelta] }),
    ),
  });
}

const platformaticMessages = keys.map((key, index) => ({
  topic: 't',
  key,
  value: values[index]!,
  timestamp: BigInt(TIMESTAMP_MS),
}));

const millions = (perSecond: number): string => `${(perSecond / 1e6).toFixed(2).padStart(7)} M records/s`;
const gigabytes = (perSecond: number): string => `${(perSecond / 1e9).toFixed(2).padStart(7)} GB/s`;
const row = (name: string, figure: string, note = ''): void =>
  console.log(`${name.padEnd(46)}${figure}  ${note}`);

console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
);
console.log(
  `Node ${process.versions.node}, kafkajs ${versionOf('kafkajs')}, @platformatic/kafka ${versionOf('@platformatic/kafka')}`,
);
console.log(`${RECORDS_PER_BATCH} records of ${KEY_BYTES} + ${VALUE_BYTES} bytes per batch, one core\n`);

const encoded = await rate(RECORDS_PER_BATCH, () => build(keys, values));
const encodedTexts = await rate(RECORDS_PER_BATCH, () => build(keyTexts, valueTexts));
const encodedPlatformatic = await rate(
  RECORDS_PER_BATCH,
  () => createRecordsBatch(platformaticMessages).buffer,
);
const encodedKafkajs = await rate(RECORDS_PER_BATCH, encodeWithKafkajs);
row('build, Buffer keys and values', millions(encoded));
row('build, string keys and values', millions(encodedTexts));
row(
  '  @platformatic/kafka',
  millions(encodedPlatformatic),
  `ratio ${(encoded / encodedPlatformatic).toFixed(1)}`,
);
row('  kafkajs', millions(encodedKafkajs), `ratio ${(encoded / encodedKafkajs).toFixed(1)}`);

const batch = Buffer.from(build(keys, values));
let sink = 0;
const cursor = await rate(RECORDS_PER_BATCH, () => {
  const records = RecordBatch.read(batch).cursor();
  while (records.next()) sink += records.valueSizeBytes;
});
const lazy = await rate(RECORDS_PER_BATCH, () => {
  for (const record of RecordBatch.read(batch)) sink += record.valueSizeBytes;
});
const touched = await rate(RECORDS_PER_BATCH, () => {
  for (const record of RecordBatch.read(batch)) sink += record.offset + record.value!.length;
});
const decodedPlatformatic = await rate(RECORDS_PER_BATCH, () => readRecordsBatch(Reader.from(batch)));
const decodedKafkajs = await rate(RECORDS_PER_BATCH, () => kafkajs.decodeBatch(new kafkajs.Decoder(batch)));
console.log();
row('read with a cursor', millions(cursor));
row('read lazy records', millions(lazy));
row('read lazy records, each value as a Buffer', millions(touched));
row(
  '  @platformatic/kafka',
  millions(decodedPlatformatic),
  `ratio ${(lazy / decodedPlatformatic).toFixed(1)}`,
);
row('  kafkajs', millions(decodedKafkajs), `ratio ${(lazy / decodedKafkajs).toFixed(1)}`);

console.log();
row('validate (header and CRC)', gigabytes(await rate(batch.length, () => validateBatch(batch))));
row('crc32c, 16 KiB', gigabytes(await rate(16384, () => crc32c(batch.subarray(0, 16384)))));

console.log();
const text = Buffer.from(
  Array.from({ length: 6000 }, (_, index) =>
    JSON.stringify({
      id: index,
      user: `user-${(index * 7919) % 1000}`,
      event: 'click',
      ms: TIMESTAMP_MS + index,
    }),
  ).join('\n'),
);
for (const type of COMPRESSION_TYPES.filter((name) => name !== 'none')) {
  const packed = compressSync(type, text);
  const packing = await rate(text.length, () => compressSync(type, text));
  const unpacking = await rate(text.length, () =>
    decompressSync(type, packed, { maxOutputBytes: text.length }),
  );
  const ratio = `ratio ${(text.length / packed.length).toFixed(1)}`;
  row(
    `${type} of JSON lines, compress | decompress`,
    `${gigabytes(packing)} | ${gigabytes(unpacking)}`,
    ratio,
  );
}
if (!Number.isFinite(sink)) throw new Error('unreachable: keeps the loops from being optimised away');
