/**
 * The options of `tidelog.producer()`: the one place that states them.
 */
import { TidelogError } from '@tidelog/record/errors';
import { resolveOptions, type OptionsInput, type ResolvedOptions } from '@tidelog/record/options';
import { MAX_TIMER_MS } from '../clock.ts';
import { isSerializer, type Bytes, type Serializer } from '../serializers.ts';
import type { ProducerInterceptor } from './interceptors.ts';
import type { Partitioner } from './partitioner.ts';

/** What a broker remembers per producer and partition (KIP-98). */
const MAX_IDEMPOTENT_IN_FLIGHT = 5;

export const PRODUCER_OPTIONS = {
  acks: {
    type: 'custom',
    shape: "'all', 1 or 0",
    check: (value: unknown): boolean => value === 'all' || value === 1 || value === 0,
    as: 'all' as 'all' | 1 | 0,
    default: 'all' as 'all' | 1 | 0,
    kafka: 'acks',
    doc: 'Who has a record when it counts as delivered: all in-sync replicas, the leader (1), or nobody (0: it was handed to the network, and a loss goes unnoticed).',
  },
  idempotence: {
    type: 'boolean',
    kafka: 'enable.idempotence',
    doc: "Keep the order and double nothing when a batch has to be sent again. On unless acks is not 'all' or maxInFlightRequests is above 5.",
  },
  lingerMs: {
    type: 'integer',
    default: 5,
    min: 0,
    max: 60_000,
    kafka: 'linger.ms',
    doc: 'How long a record waits for others to share its batch. 0: until the end of the turn of the event loop.',
  },
  batchSizeBytes: {
    type: 'integer',
    default: 65_536,
    min: 1,
    max: 104_857_600,
    kafka: 'batch.size',
    doc: 'A batch that would grow beyond this, before compression, is sent at once. A larger single record makes a batch of its own. Kafka’s default is 16384; a larger batch costs less per record, and memory is taken only as records come.',
  },
  bufferMemoryBytes: {
    type: 'integer',
    default: 33_554_432,
    min: 1_024,
    kafka: 'buffer.memory',
    doc: 'How many bytes of records may wait for their acknowledgement. At this size enqueue returns false and send waits; at twice of it enqueue throws BUFFER_FULL.',
  },
  maxInFlightRequests: {
    type: 'integer',
    default: 5,
    min: 1,
    max: 1_000,
    kafka: 'max.in.flight.requests.per.connection',
    doc: 'How many produce requests may be without an answer per broker. At most 5 with idempotence.',
  },
  maxRequestSizeBytes: {
    type: 'integer',
    default: 1_048_576,
    min: 1_024,
    max: 104_857_600,
    kafka: 'max.request.size',
    doc: 'The largest produce request, and so the largest record; a larger one throws MESSAGE_TOO_LARGE. Raise it together with max.message.bytes of the topic.',
  },
  compression: {
    type: 'enum',
    values: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
    default: 'none',
    kafka: 'compression.type',
    doc: 'How batches are compressed, off the main thread. zstd compresses best for its price.',
  },
  compressionLevel: {
    type: 'integer',
    min: -131_072,
    max: 22,
    doc: 'The level of gzip or zstd; the codec’s default (zstd: 1) unless given.',
  },
  deliveryTimeoutMs: {
    type: 'integer',
    default: 120_000,
    min: 1,
    max: MAX_TIMER_MS,
    kafka: 'delivery.timeout.ms',
    doc: 'How long a record may take from the call to its acknowledgement, retries included. After it the record fails with DELIVERY_TIMEOUT. At least lingerMs.',
  },
  partitioner: {
    type: 'custom',
    shape: 'a function',
    check: (value: unknown): boolean => typeof value === 'function',
    as: undefined as Partitioner | undefined,
    kafka: 'partitioner.class',
    doc: 'Picks the partition of a record. Unless given, or when it returns undefined: murmur2 of the key as Java’s client, and for records without a key one partition at a time, changed with every batch.',
  },
  interceptors: {
    type: 'custom',
    shape: 'an array of objects with onSend or onAcknowledgement',
    check: (value: unknown): boolean =>
      Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null),
    as: [] as readonly ProducerInterceptor[],
    kafka: 'interceptor.classes',
    doc: 'See every record before it is serialized, and every outcome; called in order.',
  },
  key: {
    type: 'custom',
    shape: 'a Serializer',
    check: isSerializer,
    as: undefined as unknown as Serializer<unknown>,
    kafka: 'key.serializer',
    doc: 'Makes bytes of keys. Without one a key is a string, a Uint8Array or null.',
  },
  value: {
    type: 'custom',
    shape: 'a Serializer',
    check: isSerializer,
    as: undefined as unknown as Serializer<unknown>,
    kafka: 'value.serializer',
    doc: 'Makes bytes of values. Without one a value is a string, a Uint8Array or null.',
  },
} as const;

type Input = OptionsInput<typeof PRODUCER_OPTIONS>;
type TypedOptions = 'key' | 'value' | 'partitioner' | 'interceptors';

/** What `tidelog.producer()` takes. `K` and `V` are the types of keys and values. */
export type ProducerOptions<K = Bytes, V = Bytes> = Omit<Input, TypedOptions> & {
  readonly key?: Serializer<K> | undefined;
  readonly value?: Serializer<V> | undefined;
  readonly partitioner?: Partitioner<K, V> | undefined;
  readonly interceptors?: readonly ProducerInterceptor<K, V>[] | undefined;
};

/** The options with defaults filled in and their contradictions ruled out. */
export interface ProducerSettings<K, V> extends Omit<
  ResolvedOptions<typeof PRODUCER_OPTIONS>,
  TypedOptions | 'idempotence'
> {
  readonly idempotence: boolean;
  readonly key: Serializer<K> | undefined;
  readonly value: Serializer<V> | undefined;
  readonly partitioner: Partitioner<K, V> | undefined;
  readonly interceptors: readonly ProducerInterceptor<K, V>[];
}

/** Checks the options. Throws INVALID_ARGUMENT that names the option, its value and what it may be. */
export function resolveProducerOptions<K, V>(input: ProducerOptions<K, V>): ProducerSettings<K, V> {
  const resolved = resolveOptions(PRODUCER_OPTIONS, input as Input, { where: 'producer options' });
  const canBeIdempotent = resolved.acks === 'all' && resolved.maxInFlightRequests <= MAX_IDEMPOTENT_IN_FLIGHT;
  if (resolved.idempotence === true && !canBeIdempotent) {
    throw contradiction(
      `idempotence needs acks: 'all' and maxInFlightRequests of at most ${MAX_IDEMPOTENT_IN_FLIGHT}`,
    );
  }
  if (resolved.batchSizeBytes > resolved.maxRequestSizeBytes) {
    throw contradiction(
      `batchSizeBytes (${resolved.batchSizeBytes}) must not be above maxRequestSizeBytes (${resolved.maxRequestSizeBytes})`,
    );
  }
  if (resolved.deliveryTimeoutMs < resolved.lingerMs) {
    throw contradiction(
      `deliveryTimeoutMs (${resolved.deliveryTimeoutMs}) must not be below lingerMs (${resolved.lingerMs})`,
    );
  }
  return {
    ...resolved,
    idempotence: resolved.idempotence ?? canBeIdempotent,
    key: input.key,
    value: input.value,
    partitioner: input.partitioner,
    interceptors: input.interceptors ?? [],
  };
}

function contradiction(reason: string): TidelogError {
  return new TidelogError('INVALID_ARGUMENT', `producer options: ${reason}`);
}
