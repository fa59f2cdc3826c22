/**
 * Producer ids: unique for ever, also across clusters, so that a mirrored log never mixes two producers up.
 *
 *     id = prefix × 2^33 + counter      prefix: 20 random bits of the cluster, not 0; counter: 33 bits
 *
 * which is below 2^53 and so a safe integer. Ids are taken in blocks. A block is a record in the internal topic
 * `__producer_ids` (one partition, always `durability=fsync`, never deleted by age or size), whose value is
 *
 *     version uint16, 0 | broker id int32 | first counter uint64 | count uint32        big-endian, 18 bytes
 *
 * Invariant: a block is durable before the first id of it is given out. A crash loses the rest of a block, never
 * gives an id twice.
 */
import type { Log, Clock } from '@tidelog/log';
import { randomTopicId } from '@tidelog/protocol';
import type { RecordBatch } from '@tidelog/record';
import { BatchBuilder, batchesOf } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { MetadataStore } from './metadata/metadata-store.ts';
import type { TopicState } from './metadata/metadata-state.ts';
import { PRODUCER_IDS_TOPIC } from './metadata/topic-name.ts';
import type { Partition } from './partitions/partition.ts';
import type { Partitions } from './partitions/partitions.ts';
import type { Random } from './random.ts';

const COUNTER_BITS = 33;
const COUNTER_END = 2 ** COUNTER_BITS;
const PREFIX_BITS = 20;
const IDS_PER_BLOCK = 1_000;
const BLOCK_VERSION = 0;
const BLOCK_BYTES = 18;
/** Long enough for any disk that works; nobody waits for it otherwise. */
const APPEND_TIMEOUT_MS = 30_000;
const READ_BYTES = 64 * 1024;

const TOPIC_CONFIGS: ReadonlyMap<string, string> = new Map([
  ['durability', 'fsync'],
  ['retention.ms', '-1'],
  ['retention.bytes', '-1'],
  ['segment.bytes', String(1024 * 1024)],
]);

export interface ProducerIdsOptions {
  readonly brokerId: number;
  readonly metadata: MetadataStore;
  readonly partitions: Partitions;
  readonly random: Random;
  readonly clock: Clock;
  readonly maxPartitions: number;
}

/** 20 random bits that are not all 0. */
export function randomProducerIdPrefix(random: Random): number {
  for (;;) {
    const prefix = random.bytes(4).readUInt32BE(0) >>> (32 - PREFIX_BITS);
    if (prefix !== 0) return prefix;
  }
}

export class ProducerIds {
  readonly #options: ProducerIdsOptions;
  #nextCounter = 0;
  #blockEnd = 0;
  #taking: Promise<void> | undefined;

  constructor(options: ProducerIdsOptions) {
    this.#options = options;
  }

  /**
   * A producer id that nobody ever had. Rejects with what the internal topic's log fails with; then none is given
   * out.
   */
  async next(): Promise<number> {
    while (this.#nextCounter >= this.#blockEnd) {
      this.#taking ??= this.#takeBlock().finally(() => {
        this.#taking = undefined;
      });
      await this.#taking;
    }
    const prefix = this.#options.metadata.view.producerIdPrefix;
    if (prefix === undefined)
      throw new TidelogError('UNKNOWN_SERVER_ERROR', 'the cluster has no identity yet');
    return prefix * COUNTER_END + this.#nextCounter++;
  }

  async #takeBlock(): Promise<void> {
    const partition = await this.#partition();
    const firstCounter = Math.max(this.#blockEnd, await partition.withLog(endOfLastBlock));
    const count = Math.min(IDS_PER_BLOCK, COUNTER_END - firstCounter);
    if (count <= 0) {
      throw new TidelogError(
        'UNKNOWN_SERVER_ERROR',
        `all ${COUNTER_END} producer ids of this cluster are used up`,
      );
    }
    const builder = new BatchBuilder();
    const value = encodeBlock({ brokerId: this.#options.brokerId, firstCounter, count });
    builder.append(this.#options.clock.nowMs(), null, value);
    const { lastOffset } = await partition.append(builder.buildSync());
    await partition.whenAcknowledged({ offset: lastOffset + 1, timeoutMs: APPEND_TIMEOUT_MS });
    this.#nextCounter = firstCounter;
    this.#blockEnd = firstCounter + count;
  }

  async #partition(): Promise<Partition> {
    const topic = this.#topic() ?? (await this.#createTopic());
    const partition = this.#options.partitions.get(topic, 0);
    const problem = partition?.leadershipProblem();
    if (partition === undefined || problem !== undefined) {
      throw problem ?? new TidelogError('NOT_LEADER_OR_FOLLOWER', 'this broker gives out no producer ids');
    }
    return partition;
  }

  #topic(): TopicState | undefined {
    return this.#options.metadata.view.topicNamed(PRODUCER_IDS_TOPIC);
  }

  async #createTopic(): Promise<TopicState> {
    const { metadata, random, maxPartitions } = this.#options;
    const refusal = await metadata.execute({
      type: 'createTopic',
      topicId: randomTopicId((sizeBytes) => random.bytes(sizeBytes)),
      topic: PRODUCER_IDS_TOPIC,
      partitionCount: 1,
      replicationFactor: 1,
      configs: TOPIC_CONFIGS,
      // The broker's own topic is never refused for the limit of the users' topics.
      maxPartitions: maxPartitions + 1,
    });
    const topic = this.#topic();
    if (topic === undefined) throw refusal ?? new TidelogError('UNKNOWN_SERVER_ERROR', 'no such topic');
    return topic;
  }
}

/** The first counter after all blocks that the log holds. */
async function endOfLastBlock(log: Log): Promise<number> {
  if (log.logEndOffset === log.logStartOffset) return 0;
  const read = await log.read({
    fromOffset: log.logEndOffset - 1,
    maxBytes: READ_BYTES,
    minOneBatch: true,
  });
  try {
    let end: number | undefined;
    for (const batch of batchesOf(read.bytes)) end = endOfBlocks(batch);
    if (end !== undefined) return end;
  } finally {
    read.release();
  }
  throw new TidelogError(
    'LOG_CORRUPT',
    `${PRODUCER_IDS_TOPIC}: the last block of producer ids cannot be read; no id is given out before it is repaired`,
  );
}

function endOfBlocks(batch: RecordBatch): number {
  let end = 0;
  for (const record of batch.records()) end = Math.max(end, decodeBlockEnd(record.value));
  return end;
}

function encodeBlock(block: { brokerId: number; firstCounter: number; count: number }): Buffer {
  const value = Buffer.alloc(BLOCK_BYTES);
  value.writeUInt16BE(BLOCK_VERSION, 0);
  value.writeInt32BE(block.brokerId, 2);
  value.writeBigUInt64BE(BigInt(block.firstCounter), 6);
  value.writeUInt32BE(block.count, 14);
  return value;
}

function decodeBlockEnd(value: Buffer | null): number {
  if (value === null || value.length < BLOCK_BYTES || value.readUInt16BE(0) !== BLOCK_VERSION) {
    throw new TidelogError(
      'DATA_DIR_FORMAT',
      `${PRODUCER_IDS_TOPIC} holds a block that this version cannot read; use the version that wrote it, or a newer one`,
    );
  }
  return Number(value.readBigUInt64BE(6)) + value.readUInt32BE(14);
}
