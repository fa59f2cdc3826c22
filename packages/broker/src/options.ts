/**
 * Every option of `startBroker`, stated once: its type, its default, its range and its words. The reference page
 * docs/reference/broker-options.md is made from this table (scripts/reference.js).
 */
import { resolveOptions } from '@tidelog/record/options';
import type { OptionsInput, OptionTable, ResolvedOptions } from '@tidelog/record/options';
import type { Clock, FileSystem, Logger } from '@tidelog/log';
import { GROUP_OPTIONS, groupConfigOf } from './groups/group-options.ts';
import { LIMITS } from './listeners/limits.ts';
import type { Random } from './random.ts';
import { checkTopicConfigs } from './topic-config.ts';
import type { TopicConfigs } from './topic-config.ts';

/** The values that a topic config may be given in code; text on the wire. */
export type TopicConfigValue = string | number | boolean;

/** A topic to create at start, if it is missing: its partition count, or more about it. */
export type TopicSetting =
  | number
  | {
      readonly partitions?: number | undefined;
      /** Kafka's dotted names: `{ 'retention.ms': 60_000 }`. */
      readonly configs?: Readonly<Record<string, TopicConfigValue>> | undefined;
    };

/** Where the Kafka listener listens, and what its clients are told. */
export interface KafkaSetting {
  /** 0: a free one. */
  readonly port: number;
  /** That of the broker unless given. */
  readonly host?: string | undefined;
  /** That of the broker unless given. */
  readonly advertisedHost?: string | undefined;
  /** The port that the listener has unless given. */
  readonly advertisedPort?: number | undefined;
}

const KAFKA_SETTING_NAMES: ReadonlySet<string> = new Set([
  'port',
  'host',
  'advertisedHost',
  'advertisedPort',
]);

/** Where the HTTP listener listens. */
export interface HttpSetting {
  /** 0: a free one. */
  readonly port: number;
  /** That of the broker unless given. */
  readonly host?: string | undefined;
}

/** What stands for the world outside; tests and the simulator replace it. */
export interface BrokerEnvironment {
  readonly fileSystem?: FileSystem | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /** Stands for the run of the machine: another one than at the last start means that the machine went down. */
  readonly bootId?: string | undefined;
}

const LOGGER_METHODS = ['debug', 'info', 'warn', 'error'] as const;
const MAX_INT32 = 2_147_483_647;

/** The table. */
export const BROKER_OPTIONS = {
  dataDir: {
    type: 'string',
    doc: 'The data directory; created when it is missing, locked while the broker runs. Absent: a temporary directory that `close` removes.',
    kafka: 'log.dirs',
  },
  brokerId: {
    type: 'integer',
    default: 1,
    max: MAX_INT32,
    doc: 'The id of the broker in its cluster. A data directory keeps the id that it was made with.',
    kafka: 'node.id',
  },
  rack: {
    type: 'string',
    default: '',
    maxLength: 255,
    doc: 'Where the broker stands, for the placement of replicas; empty: unknown.',
    kafka: 'broker.rack',
  },
  host: {
    type: 'string',
    default: '127.0.0.1',
    maxLength: 255,
    doc: 'The address that the listeners bind to; 0.0.0.0 for every IPv4 address of the machine.',
  },
  port: {
    type: 'integer',
    default: 0,
    max: 65_535,
    doc: 'The port of the native listener; 0: a free one.',
  },
  advertisedHost: {
    type: 'string',
    maxLength: 255,
    doc: 'The host that clients are told to connect to; absent: that of `host`, or the name of the machine when that is every address.',
    kafka: 'advertised.listeners',
  },
  advertisedPort: {
    type: 'integer',
    min: 1,
    max: 65_535,
    doc: 'The port that clients are told to connect to; absent: the one that the native listener has.',
    kafka: 'advertised.listeners',
  },
  kafka: {
    type: 'custom',
    shape: 'false, or { port, host?, advertisedHost?, advertisedPort? } with ports from 0 to 65535',
    check: isKafkaSetting,
    default: false as KafkaSetting | false,
    as: false as KafkaSetting | false,
    doc: 'The listener for Kafka clients; false: none. `host`, `advertisedHost` and `advertisedPort` are as those of the native listener, which `host` and `advertisedHost` default to.',
    kafka: 'listeners',
  },
  http: {
    type: 'custom',
    shape: 'false, or { port, host? } with a port from 0 to 65535',
    check: isHttpSetting,
    default: false as HttpSetting | false,
    as: false as HttpSetting | false,
    doc: 'The HTTP listener with /healthz, /readyz and /metrics; false: none.',
  },
  durability: {
    type: 'enum',
    values: ['fsync', 'page-cache'],
    default: 'fsync',
    doc: 'The default of the topic config `durability`. fsync: what was acknowledged survives a power loss. page-cache: it survives a crash of the process.',
  },
  topics: {
    type: 'custom',
    shape: '{ [topic]: partitions | { partitions?, configs? } }',
    check: isTopicSettings,
    default: {} as Readonly<Record<string, TopicSetting>>,
    as: {} as Readonly<Record<string, TopicSetting>>,
    doc: 'Topics to create at start when they are missing; those that exist are left as they are.',
  },
  topicDefaults: {
    type: 'custom',
    shape: '{ [dotted config name]: value }',
    check: isConfigValues,
    default: {} as Readonly<Record<string, TopicConfigValue>>,
    as: {} as Readonly<Record<string, TopicConfigValue>>,
    doc: "The broker's defaults of topic configs, in Kafka's dotted names: { 'retention.ms': 86400000 }.",
  },
  autoCreateTopics: {
    type: 'boolean',
    default: true,
    doc: 'Whether a topic that a client asks for by name, and allows to create, is created.',
    kafka: 'auto.create.topics.enable',
  },
  defaultPartitions: {
    type: 'integer',
    min: 1,
    max: 100_000,
    default: 1,
    doc: 'The partitions of a topic that is created without a number.',
    kafka: 'num.partitions',
  },
  defaultReplicationFactor: {
    type: 'integer',
    min: 1,
    max: 32,
    default: 1,
    doc: 'The replicas of a partition of a topic that is created without a number.',
    kafka: 'default.replication.factor',
  },
  maxPartitions: {
    type: 'integer',
    min: 1,
    max: 1_000_000,
    default: 20_000,
    doc: 'Partitions of all topics together; a topic or partition beyond is refused.',
  },
  fetchMaxBytes: {
    type: 'integer',
    min: 1024,
    max: 1_073_741_824,
    default: 57_671_680,
    doc: 'The most record bytes in one fetch response, whatever the client allows; the first batch is sent however large.',
    kafka: 'fetch.max.bytes',
  },
  retentionCheckIntervalMs: {
    type: 'integer',
    min: 1,
    max: MAX_INT32,
    default: 300_000,
    doc: 'How often segments are looked at for deletion.',
    kafka: 'log.retention.check.interval.ms',
  },
  cleanerBackoffMs: {
    type: 'integer',
    min: 1,
    max: MAX_INT32,
    default: 15_000,
    doc: 'How often compacted topics are looked at for what is to be cleaned.',
    kafka: 'log.cleaner.backoff.ms',
  },
  cleanerDedupeBufferBytes: {
    type: 'integer',
    min: 4096,
    max: 17_179_869_184,
    default: 134_217_728,
    doc: 'Most memory for the keys of the log that is being compacted, 24 bytes per key, taken as they come. What does not fit is cleaned the next time.',
    kafka: 'log.cleaner.dedupe.buffer.size',
  },
  cleanerIoMaxBytesPerSecond: {
    type: 'integer',
    min: 1024,
    default: 16_777_216,
    doc: 'Most bytes that compaction reads and writes per second, so that it does not disturb clients.',
    kafka: 'log.cleaner.io.max.bytes.per.second',
  },
  maxOpenFiles: {
    type: 'integer',
    min: 16,
    max: 10_000_000,
    doc: 'Descriptors that the logs may hold open; others are closed and opened again on use. Absent: by the limit of the process.',
  },
  minFreeBytes: {
    type: 'integer',
    default: 16 * 1024 * 1024,
    doc: 'Producers are refused while the disk has less free space; reads go on. 0: no floor.',
  },
  closeTimeoutMs: {
    type: 'integer',
    max: 3_600_000,
    default: 10_000,
    doc: 'How long `close` lets requests in flight finish.',
  },
  ...GROUP_OPTIONS,
  ...LIMITS,
  logger: {
    type: 'custom',
    shape: 'an object with debug, info, warn and error, such as a pino logger',
    check: isLogger,
    as: undefined as unknown as Logger,
    doc: 'Where the broker writes what happens; absent: nowhere.',
  },
  signal: {
    type: 'custom',
    shape: 'an AbortSignal',
    check: (value) => value instanceof AbortSignal,
    as: undefined as unknown as AbortSignal,
    doc: 'Aborting it ends the start, or closes the broker that was started.',
  },
  environment: {
    type: 'custom',
    shape: '{ fileSystem?, clock?, random?, bootId? }',
    check: (value) => typeof value === 'object' && value !== null,
    default: {} as BrokerEnvironment,
    as: {} as BrokerEnvironment,
    doc: 'Replaces disk, time and randomness, for tests and simulations.',
  },
} as const satisfies OptionTable;

/** What `startBroker` takes. */
export type StartBrokerOptions = OptionsInput<typeof BROKER_OPTIONS>;
/** The options with their defaults. */
export type BrokerOptions = ResolvedOptions<typeof BROKER_OPTIONS>;

/**
 * Checks and completes the options.
 *
 * @throws INVALID_ARGUMENT that names the option, its value and what it may be
 */
export function resolveBrokerOptions(input: StartBrokerOptions | undefined): BrokerOptions {
  const where = 'startBroker';
  const options = resolveOptions(BROKER_OPTIONS, input, { where });
  groupConfigOf(options);
  return options;
}

/** The broker's defaults of topic configs, `durability` among them. Throws INVALID_CONFIG for a bad one. */
export function topicDefaultsOf(options: Pick<BrokerOptions, 'durability' | 'topicDefaults'>): TopicConfigs {
  const defaults = toTopicConfigs({ durability: options.durability, ...options.topicDefaults });
  checkTopicConfigs(defaults, 'startBroker: topicDefaults');
  return defaults;
}

/** Configs as they are given in code, as the text that is stored. */
export function toTopicConfigs(values: Readonly<Record<string, TopicConfigValue>> | undefined): TopicConfigs {
  return new Map(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]));
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65_535;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKafkaSetting(value: unknown): boolean {
  if (value === false) return true;
  return (
    isRecord(value) &&
    Object.keys(value).every((name) => KAFKA_SETTING_NAMES.has(name)) &&
    isPort(value['port']) &&
    (value['advertisedPort'] === undefined || isPort(value['advertisedPort'])) &&
    [value['host'], value['advertisedHost']].every((host) => host === undefined || typeof host === 'string')
  );
}

function isHttpSetting(value: unknown): boolean {
  if (value === false) return true;
  return (
    isRecord(value) &&
    Object.keys(value).every((name) => name === 'port' || name === 'host') &&
    isPort(value['port']) &&
    (value['host'] === undefined || typeof value['host'] === 'string')
  );
}

function isConfigValues(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every((config) => ['string', 'number', 'boolean'].includes(typeof config))
  );
}

function isTopicSettings(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every(
      (setting) =>
        Number.isInteger(setting) ||
        (isRecord(setting) &&
          Object.keys(setting).every((name) => name === 'partitions' || name === 'configs') &&
          (setting['partitions'] === undefined || Number.isInteger(setting['partitions'])) &&
          (setting['configs'] === undefined || isConfigValues(setting['configs']))),
    )
  );
}

function isLogger(value: unknown): boolean {
  return (
    isRecord(value) &&
    LOGGER_METHODS.every((method) => typeof (value as Record<string, unknown>)[method] === 'function')
  );
}
