/**
 * What can be set on the deployable broker, as one table: the source of the variables, of the keys of the config
 * file, of their validation and of the reference in the README. It is the option table of `startBroker` with the
 * ports and the data directory of a service, without what only code can give.
 */
import { BROKER_OPTIONS, type StartBrokerOptions } from '@tidelog/broker';
import type { OptionDefinition, OptionTable, ResolvedOptions } from '@tidelog/record/options';

const {
  kafka: _kafka,
  http: _http,
  logger: _logger,
  signal: _signal,
  environment: _environment,
  ...BROKER_SETTINGS
} = BROKER_OPTIONS;

export const SETTINGS = {
  ...BROKER_SETTINGS,
  dataDir: {
    ...BROKER_OPTIONS.dataDir,
    pattern: /./,
    default: 'tidelog-data',
    doc: 'The data directory; created when it is missing, locked while the broker runs.',
  },
  port: { ...BROKER_OPTIONS.port, default: 7650 },
  kafka: {
    type: 'boolean',
    default: true,
    doc: 'Whether the broker opens a listener for Kafka clients.',
  },
  kafkaPort: {
    type: 'integer',
    max: 65_535,
    default: 9092,
    doc: 'The port of the Kafka listener; 0: a free one.',
  },
  kafkaAdvertisedPort: {
    type: 'integer',
    min: 1,
    max: 65_535,
    doc: 'The port that Kafka clients are told to connect to; absent: the one that the Kafka listener has.',
  },
  httpPort: {
    type: 'integer',
    max: 65_535,
    default: 7651,
    doc: 'The port of the HTTP listener with /healthz, /readyz and /metrics; 0: a free one.',
  },
  logLevel: {
    type: 'enum',
    values: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    default: 'info',
    doc: 'The least important log lines that are written.',
  },
} as const satisfies OptionTable;

export type Settings = ResolvedOptions<typeof SETTINGS>;

/** True for a setting that text can express; the others are only keys of the config file. */
export function hasVariable(option: OptionDefinition): boolean {
  return option.type !== 'custom';
}

/** The settings in the form that `startBroker` takes. */
export function startOptionsOf(settings: Settings): StartBrokerOptions {
  const { kafka, kafkaPort, kafkaAdvertisedPort, httpPort, logLevel: _logLevel, ...options } = settings;
  return {
    ...options,
    kafka: kafka && { port: kafkaPort, advertisedPort: kafkaAdvertisedPort },
    http: { port: httpPort },
  };
}
