/**
 * `__consumer_offsets`: the compacted topic in which groups and their committed offsets live, and the partition of
 * it that a group belongs to. It is created when the first group is asked for.
 */
import { randomTopicId } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { TopicState } from '../metadata/metadata-state.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { OFFSETS_TOPIC } from '../metadata/topic-name.ts';
import type { Random } from '../random.ts';

/**
 * What one command writes lies in one batch. The largest are a classic group with all its members, and the removal
 * of a group with all its offsets.
 */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;

export interface OffsetsTopicOptions {
  readonly metadata: MetadataStore;
  readonly random: Random;
  readonly partitionCount: number;
  readonly segmentBytes: number;
  /** Of the cluster; the broker's own topic is not refused for it. */
  readonly maxPartitions: number;
}

/**
 * The partition of a group: Java's hash of its id, without its sign, modulo the number of partitions, as in Kafka,
 * so that its tools find the group.
 */
export function partitionOfGroup(groupId: string, partitionCount: number): number {
  let hash = 0;
  for (let index = 0; index < groupId.length; index++) hash = (hash * 31 + groupId.charCodeAt(index)) | 0;
  // The one number without a positive counterpart counts as 0.
  return hash === -0x8000_0000 ? 0 : Math.abs(hash) % partitionCount;
}

export class OffsetsTopic {
  readonly #options: OffsetsTopicOptions;
  #creating: Promise<TopicState> | undefined;

  constructor(options: OffsetsTopicOptions) {
    this.#options = options;
  }

  /** The topic, when it exists. */
  get state(): TopicState | undefined {
    return this.#options.metadata.view.topicNamed(OFFSETS_TOPIC);
  }

  /** The topic; created if it does not exist. Rejects with COORDINATOR_NOT_AVAILABLE when that fails. */
  async ensure(): Promise<TopicState> {
    const existing = this.state;
    if (existing !== undefined) return existing;
    this.#creating ??= this.#create().finally(() => {
      this.#creating = undefined;
    });
    return await this.#creating;
  }

  async #create(): Promise<TopicState> {
    const { metadata, random, partitionCount, segmentBytes, maxPartitions } = this.#options;
    try {
      const refusal = await metadata.execute({
        type: 'createTopic',
        topicId: randomTopicId((sizeBytes) => random.bytes(sizeBytes)),
        topic: OFFSETS_TOPIC,
        partitionCount,
        replicationFactor: 1,
        configs: new Map([
          ['cleanup.policy', 'compact'],
          ['segment.bytes', String(segmentBytes)],
          ['max.message.bytes', String(MAX_BATCH_BYTES)],
          // The coordinator's times are what offsets expire by.
          ['message.timestamp.type', 'CreateTime'],
        ]),
        maxPartitions: maxPartitions + partitionCount,
      });
      const topic = this.state;
      if (topic !== undefined) return topic;
      throw refusal ?? new TidelogError('UNKNOWN_SERVER_ERROR', 'no such topic');
    } catch (thrown) {
      const error = TidelogError.from(thrown);
      throw new TidelogError(
        'COORDINATOR_NOT_AVAILABLE',
        `the topic ${OFFSETS_TOPIC} could not be created: ${error.message}`,
        { cause: error },
      );
    }
  }
}
