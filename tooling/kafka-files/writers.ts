/**
 * Real clients, through both doors: each writes records into partition 0 of a topic, in order, with a codec.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import {
  Producer as PlatformaticProducer,
  stringSerializers,
  type MessageToProduce,
} from '@platformatic/kafka';
import { Tidelog } from '@tidelog/client';
import kafkajs from 'kafkajs';
import lz4 from 'lz4-napi';
import snappy from 'snappy';
import type { Codec } from './decompress.ts';
import type { WrittenRecord } from './written-records.ts';

/** Where a broker's doors are. */
export interface Doors {
  readonly native: string;
  readonly kafka: string;
}

export interface WriteOptions {
  readonly topic: string;
  readonly codec: Codec;
  readonly records: readonly WrittenRecord[];
  /** Records per batch, at most. */
  readonly batchRecords: number;
}

export interface Writer {
  readonly name: string;
  /** What the client cannot say is left out of the records that it promises to have written. */
  readonly write: (doors: Doors, options: WriteOptions) => Promise<readonly WrittenRecord[]>;
}

const { CompressionCodecs, CompressionTypes, logLevel, Partitioners } = kafkajs;

// kafkajs compresses with gzip alone; the others are plug-ins, which get an object with the bytes to encode.
type Convert = (bytes: Buffer) => Promise<Buffer>;
const plugIn = (compress: Convert, decompress: Convert) => () => ({
  compress: ({ buffer }: { buffer: Buffer }) => compress(buffer),
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
const KAFKAJS_CODECS = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};

const inBatches = <T>(records: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(records.length / size) }, (_, index) =>
    records.slice(index * size, (index + 1) * size),
  );

/** Idempotent, except without a codec. */
const writeWithKafkajs: Writer['write'] = async ({ kafka }, { topic, codec, records, batchRecords }) => {
  const client = new kafkajs.Kafka({ clientId: 'files', brokers: [kafka], logLevel: logLevel.NOTHING });
  const producer = client.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: codec !== 'none',
  });
  await producer.connect();
  try {
    for (const batch of inBatches(records, batchRecords)) {
      await producer.send({
        topic,
        acks: -1,
        compression: KAFKAJS_CODECS[codec],
        messages: batch.map(({ key, value, headers, timestampMs }) => ({
          key,
          value,
          partition: 0,
          headers: Object.fromEntries(headers),
          ...(timestampMs !== undefined && { timestamp: String(timestampMs) }),
        })),
      });
    }
  } finally {
    await producer.disconnect();
  }
  return records;
};

/** Idempotent, except without a codec. */
const writeWithPlatformatic: Writer['write'] = async ({ kafka }, { topic, codec, records, batchRecords }) => {
  const producer = new PlatformaticProducer({
    clientId: 'files',
    bootstrapBrokers: [kafka],
    serializers: stringSerializers,
    idempotent: codec !== 'none',
  });
  try {
    for (const batch of inBatches(records, batchRecords)) {
      const messages = batch.map(({ key, value, headers, timestampMs }) => ({
        topic,
        partition: 0,
        ...(key !== null && { key }),
        ...(value !== null && { value }),
        headers: new Map(headers),
        ...(timestampMs !== undefined && { timestamp: BigInt(timestampMs) }),
      })) as MessageToProduce<string, string, string, string>[];
      await producer.send({ messages, acks: -1, compression: codec });
    }
  } finally {
    await producer.close();
  }
  return records;
};

const writeWithTidelog: Writer['write'] = async ({ native }, { topic, codec, records, batchRecords }) => {
  await using client = new Tidelog({ brokers: [native], clientId: 'files' });
  await using producer = client.producer({ compression: codec });
  for (const batch of inBatches(records, batchRecords)) {
    const messages = batch.map(({ headers, ...record }) => ({
      ...record,
      partition: 0,
      headers: headers.map(([key, value]) => ({ key, value })),
    }));
    await producer.send({ topic, messages });
  }
  return records;
};

/** Not in any key or value. */
const KEY_END = '\u0001';
const RECORD_END = '\u0002';

/** Empty keys and values are null to kcat, which sets neither timestamps nor headers per record. */
const writeWithKcat: Writer['write'] = ({ kafka }, { topic, codec, records, batchRecords }) => {
  const settings = {
    'compression.codec': codec,
    'batch.num.messages': String(batchRecords),
    'enable.idempotence': String(codec !== 'none'),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-X', `${name}=${value}`]);
  const args = ['-b', kafka, '-P', '-t', topic, '-p', '0', '-Z', '-K', KEY_END, '-D', RECORD_END, ...options];
  const written = records.map(({ key, value }) => ({ key, value, headers: [], timestampMs: undefined }));
  return new Promise((resolve, reject) => {
    const child = execFile('kcat', args, { timeout: 25_000 }, (error, _stdout, stderr) => {
      if (error === null) resolve(written);
      else reject(new Error(`kcat ${args.join(' ')}: ${stderr}`));
    });
    child.stdin?.end(
      written.map(({ key, value }) => `${key ?? ''}${KEY_END}${value ?? ''}${RECORD_END}`).join(''),
    );
  });
};

export const KCAT: Writer = { name: 'kcat', write: writeWithKcat };

/** Those that come from npm. */
export const WRITERS: readonly Writer[] = [
  { name: 'kafkajs', write: writeWithKafkajs },
  { name: 'platformatic', write: writeWithPlatformatic },
  { name: 'tidelog', write: writeWithTidelog },
];
