/**
 * The same broker seen by @tidelog/client, through its native protocol, and the bytes of its batches as the Kafka
 * listener gives them: what scenarios hold the answers of a Kafka client against.
 */
import { connect } from 'node:net';
import { Tidelog, type Admin, type CompressionType, type Producer } from '@tidelog/client';
import {
  decodeResponse,
  encodeRequest,
  type ApiName,
  type RequestInput,
  type ResponseOf,
} from '@tidelog/kafka-protocol';
import type { IncomingRecord, OutgoingRecord, ReadFrom, Written } from './operations.ts';

const SIZE_BYTES = 4;
/** Of the attributes of a record batch, and the numbers there. */
const ATTRIBUTES_POSITION = 21;
const BATCH_LENGTH_POSITION = 8;
const BATCH_LENGTH_END = 12;
const CODECS: readonly CompressionType[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

export class OtherDoor {
  readonly #tidelog: Tidelog;
  readonly #kafkaBroker: string;
  readonly #producers = new Map<CompressionType, Producer>();
  readonly admin: Admin;

  constructor({ broker, kafkaBroker }: { readonly broker: string; readonly kafkaBroker: string }) {
    this.#kafkaBroker = kafkaBroker;
    this.#tidelog = new Tidelog({ brokers: [broker], clientId: 'conformance' });
    this.admin = this.#tidelog.admin();
  }

  async createTopic(topic: string, partitions = 1): Promise<void> {
    await this.admin.createTopics([{ topic, partitions }]);
  }

  async produce(
    topic: string,
    records: readonly OutgoingRecord[],
    compression: CompressionType = 'none',
  ): Promise<Written[]> {
    let producer = this.#producers.get(compression);
    if (producer === undefined) {
      producer = this.#tidelog.producer({ compression });
      this.#producers.set(compression, producer);
    }
    const messages = records.map(({ headers = [], ...rest }) => ({
      ...rest,
      headers: headers.map(([key, value]) => ({ key, value })),
    }));
    return (await producer.send({ topic, messages })).map(({ partition, offset }) => ({ partition, offset }));
  }

  /** Reads one partition, without a group. */
  async consume(
    topic: string,
    { partition = 0, from, count }: { partition?: number; from: ReadFrom; count: number },
  ): Promise<IncomingRecord[]> {
    await using consumer = this.#tidelog.consumer({ startFrom: 'earliest' });
    await consumer.assign([
      {
        topic,
        partition,
        ...(from === 'beginning' ? {} : { offset: 'offset' in from ? from.offset : from }),
      },
    ]);
    const records: IncomingRecord[] = [];
    if (count === 0) return records;
    for await (const record of consumer.records({ signal: AbortSignal.timeout(20_000) })) {
      records.push({
        partition: record.partition,
        offset: record.offset,
        key: record.keyBytes?.toString() ?? null,
        value: record.valueBytes?.toString() ?? null,
        headers: record.headers.map(({ key, value }) => [key, value?.toString() ?? '']),
        timestampMs: record.timestampMs,
      });
      if (records.length === count) break;
    }
    return records;
  }

  /** Every record of a topic, partition by partition. */
  async consumeAll(topic: string): Promise<IncomingRecord[]> {
    const ends = await this.admin.listOffsets(topic, 'latest');
    const starts = await this.admin.listOffsets(topic, 'earliest');
    const all: IncomingRecord[] = [];
    for (const { partition, offset } of ends) {
      const start = starts.find((row) => row.partition === partition)?.offset ?? 0;
      all.push(...(await this.consume(topic, { partition, from: 'beginning', count: offset - start })));
    }
    return all;
  }

  /** The codecs of the stored batches of partition 0, in order. */
  async codecsOf(topic: string): Promise<(CompressionType | undefined)[]> {
    const { responses } = await this.ask('Fetch', 4, {
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 10_000_000,
      topics: [{ topic, partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 10_000_000 }] }],
    });
    const records = responses[0]?.partitions[0]?.records ?? Buffer.alloc(0);
    const codecs: (CompressionType | undefined)[] = [];
    for (let at = 0; at < records.length;) {
      codecs.push(CODECS[records.readInt16BE(at + ATTRIBUTES_POSITION) & 7]);
      at += BATCH_LENGTH_END + records.readInt32BE(at + BATCH_LENGTH_POSITION);
    }
    return codecs;
  }

  /** One request of Kafka's protocol, over a connection of its own. */
  async ask<N extends ApiName>(api: N, apiVersion: number, body: RequestInput<N>): Promise<ResponseOf<N>> {
    const separator = this.#kafkaBroker.lastIndexOf(':');
    const socket = connect(
      Number(this.#kafkaBroker.slice(separator + 1)),
      this.#kafkaBroker.slice(0, separator),
    );
    for (const piece of encodeRequest(api, { apiVersion, correlationId: 1, clientId: 'conformance' }, body)) {
      socket.write(piece);
    }
    let received = Buffer.alloc(0);
    for await (const chunk of socket) {
      received = Buffer.concat([received, chunk as Buffer]);
      if (received.length >= SIZE_BYTES && received.length >= SIZE_BYTES + received.readInt32BE(0)) break;
    }
    return decodeResponse(api, apiVersion, received.subarray(SIZE_BYTES)).body;
  }

  async close(): Promise<void> {
    await this.#tidelog.close();
  }
}
