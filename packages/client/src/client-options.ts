/**
 * The options of `new Tidelog()`: the one place that states them.
 */
import { TidelogError } from '@tidelog/record/errors';
import { resolveOptions, type OptionsInput, type ResolvedOptions } from '@tidelog/record/options';
import { nodeNetwork } from './node-transport.ts';
import { systemRandom, type Random } from './random.ts';
import { MAX_TIMER_MS, systemClock, type Clock } from './clock.ts';
import { parseEndpoint, type Endpoint, type Network } from './transport.ts';

const isObjectWith =
  (...methods: string[]) =>
  (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    methods.every((method) => typeof Reflect.get(value, method) === 'function');

export const CLIENT_OPTIONS = {
  brokers: {
    type: 'custom',
    shape: 'a non-empty array of "host:port" strings',
    check: (value: unknown): boolean =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((item: unknown) => typeof item === 'string' && parseEndpoint(item) !== undefined),
    as: [] as readonly string[],
    required: true,
    kafka: 'bootstrap.servers',
    doc: 'Where to find the cluster at first: one broker is enough, two or three survive one that is down. The port is 7650 where none is given.',
  },
  clientId: {
    type: 'string',
    default: 'tidelog',
    maxLength: 255,
    kafka: 'client.id',
    doc: "The name of this program in the broker's logs and metrics.",
  },
  connectionTimeoutMs: {
    type: 'integer',
    default: 10_000,
    min: 1,
    max: 3_600_000,
    kafka: 'socket.connection.setup.timeout.ms',
    doc: 'How long a connection may take to stand, the greeting included.',
  },
  requestTimeoutMs: {
    type: 'integer',
    default: 30_000,
    min: 1,
    max: 3_600_000,
    kafka: 'request.timeout.ms',
    doc: 'How long a broker may take to answer. After it the connection is given up and the request tried again where that is safe. A fetch gets its maxWaitMs on top.',
  },
  reconnectBackoffMs: {
    type: 'integer',
    default: 50,
    min: 1,
    max: MAX_TIMER_MS,
    kafka: 'reconnect.backoff.ms',
    doc: 'The wait before the second try to connect to a broker. It doubles with every failure, ±20 %.',
  },
  reconnectBackoffMaxMs: {
    type: 'integer',
    default: 1_000,
    min: 1,
    max: MAX_TIMER_MS,
    kafka: 'reconnect.backoff.max.ms',
    doc: 'The longest wait between two tries to connect to a broker.',
  },
  retryBackoffMs: {
    type: 'integer',
    default: 100,
    min: 1,
    max: MAX_TIMER_MS,
    kafka: 'retry.backoff.ms',
    doc: 'The wait before a request that failed is sent again. It doubles with every failure, ±20 %.',
  },
  retryBackoffMaxMs: {
    type: 'integer',
    default: 1_000,
    min: 1,
    max: MAX_TIMER_MS,
    kafka: 'retry.backoff.max.ms',
    doc: 'The longest wait before a request is sent again.',
  },
  metadataMaxAgeMs: {
    type: 'integer',
    default: 300_000,
    min: 100,
    max: MAX_TIMER_MS,
    kafka: 'metadata.max.age.ms',
    doc: 'How old the knowledge of topics and leaders may get before it is refreshed without a reason. New partitions are noticed at the latest then.',
  },
  metadataTimeoutMs: {
    type: 'integer',
    default: 10_000,
    min: 1,
    max: MAX_TIMER_MS,
    kafka: 'max.block.ms',
    doc: 'How long to look for a topic, a partition or a reachable broker before giving up with UNKNOWN_TOPIC_OR_PARTITION or CONNECTION_FAILED.',
  },
  allowAutoTopicCreation: {
    type: 'boolean',
    default: false,
    kafka: 'allow.auto.create.topics',
    doc: 'Whether a producer that names an unknown topic asks the broker to create it, which the broker may refuse. Off, so that a name typed wrong is an error; Kafka’s clients ask. A consumer never asks.',
  },
  maxResponseBytes: {
    type: 'integer',
    default: 104_857_600,
    min: 1_048_576,
    max: 2_147_483_647,
    doc: 'The largest answer accepted from a broker. A frame that declares more ends the connection with FRAME_TOO_LARGE.',
  },
  clock: {
    type: 'custom',
    shape: 'a Clock',
    check: isObjectWith('nowMs', 'monotonicMs', 'setTimer', 'setIdleTimer', 'defer'),
    as: undefined as Clock | undefined,
    doc: 'Time, for tests and simulators. The system’s clock unless given.',
  },
  random: {
    type: 'custom',
    shape: 'a Random',
    check: isObjectWith('below'),
    as: undefined as Random | undefined,
    doc: 'Randomness, for tests and simulators. The system’s generator unless given.',
  },
  network: {
    type: 'custom',
    shape: 'a Network',
    check: isObjectWith('connect'),
    as: undefined as Network | undefined,
    doc: 'Connections, for tests and simulators. TCP unless given.',
  },
} as const;

/** What `new Tidelog()` takes. */
export type ClientOptions = OptionsInput<typeof CLIENT_OPTIONS>;

/** The options with defaults filled in, addresses parsed and the machine's interfaces in place. */
export interface ClientSettings extends Omit<
  ResolvedOptions<typeof CLIENT_OPTIONS>,
  'clock' | 'random' | 'network' | 'brokers'
> {
  readonly bootstrap: readonly Endpoint[];
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
}

/** Checks the options. Throws INVALID_ARGUMENT that names the option, its value and what it may be. */
export function resolveClientOptions(input: ClientOptions): ClientSettings {
  if (typeof input !== 'object' || (input as unknown) === null) {
    throw new TidelogError('INVALID_ARGUMENT', "new Tidelog() needs options: { brokers: ['host:port'] }");
  }
  const { brokers, clock, random, network, ...options } = resolveOptions(CLIENT_OPTIONS, input, {
    where: 'client options',
  });
  return {
    ...options,
    bootstrap: brokers.map((text) => parseEndpoint(text) as Endpoint),
    clock: clock ?? systemClock,
    random: random ?? systemRandom,
    network: network ?? nodeNetwork,
  };
}
