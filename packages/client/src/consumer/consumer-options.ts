/**
 * The options of `tidelog.consumer()`: the one place that states them.
 */
import { resolveOptions, type OptionsInput, type ResolvedOptions } from '@tidelog/record/options';
import { MAX_TIMER_MS } from '../clock.ts';
import { isDeserializer, type Deserializer } from '../serializers.ts';
import { requireTopicName } from '../topic-name.ts';
import {
  GROUP_OPTIONS,
  refuseForeignOptions,
  resolveGroupSettings,
  type GroupSettings,
} from './group/group-options.ts';
import { isStartFrom, type StartFrom } from './start-position.ts';

const isTopicList = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((topic: unknown) => typeof topic === 'string');

export const CONSUMER_OPTIONS = {
  topics: {
    type: 'custom',
    shape: 'a non-empty array of topic names',
    check: isTopicList,
    as: [] as readonly string[],
    doc: 'Topics to read, all partitions of each, those that are added later included; with groupId, the share of them that the group gives to this consumer. Leave it out to choose partitions with assign().',
  },
  ...GROUP_OPTIONS,
  startFrom: {
    type: 'custom',
    shape: "'earliest', 'latest' or { timestampMs }",
    check: isStartFrom,
    as: 'latest' as StartFrom,
    default: 'latest' as StartFrom,
    kafka: 'auto.offset.reset',
    doc: 'Where to start in a partition: the oldest record, the end, or the first record at or after a time. With groupId: in partitions of which the group has committed nothing. A partition that is added to a topic later is read from its oldest record.',
  },
  onOffsetOutOfRange: {
    type: 'enum',
    values: ['earliest', 'latest', 'fail'],
    default: 'earliest',
    kafka: 'auto.offset.reset',
    doc: 'What to do when the next record is not there any more (retention deleted it): go on at the oldest record or at the end, with an offsetReset event, or fail with OFFSET_OUT_OF_RANGE.',
  },
  fetchMinBytes: {
    type: 'integer',
    default: 1,
    min: 1,
    max: 104_857_600,
    kafka: 'fetch.min.bytes',
    doc: 'A broker answers a fetch when it has this many bytes, or after fetchMaxWaitMs.',
  },
  fetchMaxWaitMs: {
    type: 'integer',
    default: 500,
    min: 0,
    max: 600_000,
    kafka: 'fetch.max.wait.ms',
    doc: 'How long a broker may wait for fetchMinBytes.',
  },
  fetchMaxBytes: {
    type: 'integer',
    default: 16_777_216,
    min: 1,
    max: 1_073_741_824,
    kafka: 'fetch.max.bytes',
    doc: 'The most bytes of one answer. A single batch that is larger is returned all the same.',
  },
  maxPartitionFetchBytes: {
    type: 'integer',
    default: 1_048_576,
    min: 1,
    max: 1_073_741_824,
    kafka: 'max.partition.fetch.bytes',
    doc: 'The most bytes of one partition in an answer. A single batch that is larger is returned all the same.',
  },
  prefetchMaxBytes: {
    type: 'integer',
    default: 33_554_432,
    min: 1,
    doc: 'How many bytes are fetched ahead of the program. At this size fetching pauses; what is held stays below it plus one answer per broker.',
  },
  checkCrcs: {
    type: 'boolean',
    default: true,
    kafka: 'check.crcs',
    doc: 'Whether the checksum of every batch is compared.',
  },
  maxDecompressedBytes: {
    type: 'integer',
    default: 134_217_728,
    min: 1_024,
    max: 2_147_483_647,
    doc: 'The largest batch after decompression. A larger one fails with MESSAGE_TOO_LARGE, so that a few kilobytes cannot fill the memory.',
  },
  stallTimeoutMs: {
    type: 'integer',
    default: 60_000,
    min: 0,
    max: MAX_TIMER_MS,
    doc: 'A partition that should be fetched and is not, for this long, is reported by the stalled event. 0: never.',
  },
  handlerStallTimeoutMs: {
    type: 'integer',
    default: 300_000,
    min: 0,
    max: MAX_TIMER_MS,
    kafka: 'max.poll.interval.ms',
    doc: 'A call of run() that has been at one record or batch for this long, or of onAssigned or onRevoked, is reported by the handlerStalled event, and nothing else: the consumer stays in its group. 0: never.',
  },
  key: {
    type: 'custom',
    shape: 'a Deserializer',
    check: isDeserializer,
    as: undefined as unknown as Deserializer<unknown>,
    kafka: 'key.deserializer',
    doc: 'Makes values of the bytes of keys, when a key is asked for. Without one a key is a Buffer or null.',
  },
  value: {
    type: 'custom',
    shape: 'a Deserializer',
    check: isDeserializer,
    as: undefined as unknown as Deserializer<unknown>,
    kafka: 'value.deserializer',
    doc: 'Makes values of the bytes of values, when a value is asked for. Without one a value is a Buffer or null.',
  },
} as const;

type Input = OptionsInput<typeof CONSUMER_OPTIONS>;

/** What `tidelog.consumer()` takes. `K` and `V` are the types of keys and values. */
export type ConsumerOptions<K = Buffer, V = Buffer> = Omit<Input, 'key' | 'value'> & {
  readonly key?: Deserializer<K> | undefined;
  readonly value?: Deserializer<V> | undefined;
};

/** The options with defaults filled in. */
export interface ConsumerSettings<K, V>
  extends
    Omit<ResolvedOptions<typeof CONSUMER_OPTIONS>, 'key' | 'value' | keyof GroupSettings>,
    GroupSettings {
  readonly key: Deserializer<K> | undefined;
  readonly value: Deserializer<V> | undefined;
}

/** Checks the options. Throws INVALID_ARGUMENT that names the option, its value and what it may be. */
export function resolveConsumerOptions<K, V>(input: ConsumerOptions<K, V>): ConsumerSettings<K, V> {
  refuseForeignOptions(input);
  const resolved = resolveOptions(CONSUMER_OPTIONS, input as Input, { where: 'consumer options' });
  resolved.topics?.forEach(requireTopicName);
  const group = resolveGroupSettings(resolved, resolved.topics);
  return { ...resolved, ...group, key: input.key, value: input.value };
}
