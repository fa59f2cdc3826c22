/**
 * What a broker may be told about groups: rows of its option table, named after Kafka's broker configs.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { OptionTable, ResolvedOptions } from '@tidelog/record/options';
import type { GroupConfig } from './group-decision.ts';

const MAX_INT32 = 2_147_483_647;

/** The rows for the option table of the broker. */
export const GROUP_OPTIONS = {
  groupConsumerSessionTimeoutMs: {
    type: 'integer',
    min: 1,
    max: MAX_INT32,
    default: 45_000,
    kafka: 'group.consumer.session.timeout.ms',
    doc: 'A member of a consumer group that has not been heard of for this long is gone; its partitions go to others.',
  },
  groupConsumerHeartbeatIntervalMs: {
    type: 'integer',
    min: 1,
    max: MAX_INT32,
    default: 5000,
    kafka: 'group.consumer.heartbeat.interval.ms',
    doc: 'How often members of consumer groups are told to send heartbeats. Less than groupConsumerSessionTimeoutMs.',
  },
  groupConsumerMaxSize: {
    type: 'integer',
    min: 1,
    max: MAX_INT32,
    default: 10_000,
    kafka: 'group.consumer.max.size',
    doc: 'Members of one consumer group; the next is refused.',
  },
  groupMinSessionTimeoutMs: {
    type: 'integer',
    min: 1,
    max: MAX_INT32,
    default: 6000,
    kafka: 'group.min.session.timeout.ms',
    doc: 'The shortest session that a member of a classic group may ask for.',
  },
  groupMaxSessionTimeoutMs: {
    type: 'integer',
    min: 1,
    max: MAX_INT32,
    default: 1_800_000,
    kafka: 'group.max.session.timeout.ms',
    doc: 'The longest session that a member of a classic group may ask for.',
  },
  groupInitialRebalanceDelayMs: {
    type: 'integer',
    max: MAX_INT32,
    default: 3000,
    kafka: 'group.initial.rebalance.delay.ms',
    doc: 'How long a classic group that was empty waits for more members before its first rebalance.',
  },
  groupMaxSize: {
    type: 'integer',
    min: 1,
    max: MAX_INT32,
    default: 10_000,
    kafka: 'group.max.size',
    doc: 'Members of one classic group; the next is refused.',
  },
  offsetsRetentionMs: {
    type: 'integer',
    min: 1,
    default: 7 * 24 * 60 * 60 * 1000,
    kafka: 'offsets.retention.minutes',
    doc: 'How long the committed offsets of a group without members are kept.',
  },
  offsetMetadataMaxBytes: {
    type: 'integer',
    max: 32_767,
    default: 4096,
    kafka: 'offset.metadata.max.bytes',
    doc: 'The longest text that a client may commit with an offset.',
  },
  offsetsTopicPartitions: {
    type: 'integer',
    min: 1,
    max: 10_000,
    default: 50,
    kafka: 'offsets.topic.num.partitions',
    doc: 'The partitions of __consumer_offsets when it is created. They never change: a group belongs to one of them.',
  },
  offsetsTopicSegmentBytes: {
    type: 'integer',
    min: 1024 * 1024,
    max: MAX_INT32,
    default: 100 * 1024 * 1024,
    kafka: 'offsets.topic.segment.bytes',
    doc: 'segment.bytes of __consumer_offsets when it is created. Smaller segments are compacted sooner and so load faster.',
  },
} as const satisfies OptionTable;

/** The options of groups with their defaults. */
export type ResolvedGroupOptions = ResolvedOptions<typeof GROUP_OPTIONS>;

/**
 * The options as decisions use them.
 *
 * @throws INVALID_ARGUMENT for options that contradict each other
 */
export function groupConfigOf(options: ResolvedGroupOptions): GroupConfig {
  checkBelow(options, 'groupConsumerHeartbeatIntervalMs', 'groupConsumerSessionTimeoutMs');
  checkBelow(options, 'groupMinSessionTimeoutMs', 'groupMaxSessionTimeoutMs');
  return {
    consumerSessionTimeoutMs: options.groupConsumerSessionTimeoutMs,
    consumerHeartbeatIntervalMs: options.groupConsumerHeartbeatIntervalMs,
    consumerMaxSize: options.groupConsumerMaxSize,
    classicMinSessionTimeoutMs: options.groupMinSessionTimeoutMs,
    classicMaxSessionTimeoutMs: options.groupMaxSessionTimeoutMs,
    classicInitialRebalanceDelayMs: options.groupInitialRebalanceDelayMs,
    classicMaxSize: options.groupMaxSize,
    offsetsRetentionMs: options.offsetsRetentionMs,
    offsetMetadataMaxBytes: options.offsetMetadataMaxBytes,
  };
}

function checkBelow(
  options: ResolvedGroupOptions,
  lower: keyof ResolvedGroupOptions,
  upper: keyof ResolvedGroupOptions,
): void {
  if (options[lower] <= options[upper]) return;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `startBroker: ${lower} is ${options[lower]}, more than ${upper}, which is ${options[upper]}`,
  );
}
