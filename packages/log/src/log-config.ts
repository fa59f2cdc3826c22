/**
 * The options of one log, which are the topic configs of the broker: names, ranges and defaults are Kafka's
 * (https://kafka.apache.org/documentation/#topicconfigs), in camelCase with the unit last; `kafka` holds the dotted
 * name. Only options that the log honours are here.
 *
 * Invariant: every row changes what the log does; a name that is not here is refused, never ignored.
 */
import {
  parseOption,
  resolveOptions,
  type OptionDefinition,
  type OptionsInput,
  type OptionTable,
  type ResolvedOptions,
} from '@tidelog/record/options';
import { TidelogError } from '@tidelog/record/errors';

const MAX_INT32 = 2147483647;
/** How Kafka writes "for ever" in its int64 options; read here as 2^53 − 1. */
const MAX_INT64_TEXT = '9223372036854775807';

export const LOG_CONFIG = {
  cleanupPolicy: {
    type: 'list',
    values: ['delete', 'compact'],
    default: ['delete'],
    kafka: 'cleanup.policy',
    doc: 'What happens to old segments. delete: they go by age and size. compact: of each key only the last record is kept, and records need keys. Both may be given; none keeps everything.',
  },
  deleteRetentionMs: {
    type: 'integer',
    min: 0,
    default: 86400000,
    kafka: 'delete.retention.ms',
    doc: 'How long a compacted log keeps a tombstone (a record without a value) after the cleaning that first met it.',
  },
  durability: {
    type: 'enum',
    values: ['fsync', 'page-cache'],
    default: 'fsync',
    doc: 'What an acknowledgement promises: fsync, the batch survives a power loss; page-cache, it survives a crash of the process.',
  },
  fileDeleteDelayMs: {
    type: 'integer',
    min: 0,
    max: MAX_INT32,
    default: 60000,
    kafka: 'file.delete.delay.ms',
    doc: 'How long a deleted segment stays on disk, renamed, for reads that began before.',
  },
  indexIntervalBytes: {
    type: 'integer',
    min: 0,
    max: MAX_INT32,
    default: 4096,
    kafka: 'index.interval.bytes',
    doc: 'Bytes of batches between two entries of the offset index. Less finds a position faster and makes the index larger.',
  },
  maxMessageBytes: {
    type: 'integer',
    min: 61,
    max: MAX_INT32,
    default: 1048588,
    kafka: 'max.message.bytes',
    doc: 'Largest batch that is accepted, header included, as compressed by the producer.',
  },
  maxCompactionLagMs: {
    type: 'integer',
    min: 1,
    default: Number.MAX_SAFE_INTEGER,
    kafka: 'max.compaction.lag.ms',
    doc: 'A record that is older makes its log due for compaction, whatever the dirty ratio; the active segment is rolled for it.',
  },
  messageTimestampAfterMaxMs: {
    type: 'integer',
    min: 0,
    default: 3600000,
    kafka: 'message.timestamp.after.max.ms',
    doc: 'How far in the future the largest timestamp of a batch may lie. Not checked for LogAppendTime.',
  },
  messageTimestampBeforeMaxMs: {
    type: 'integer',
    min: 0,
    default: Number.MAX_SAFE_INTEGER,
    kafka: 'message.timestamp.before.max.ms',
    doc: 'How far in the past the largest timestamp of a batch may lie. Not checked for LogAppendTime.',
  },
  messageTimestampType: {
    type: 'enum',
    values: ['CreateTime', 'LogAppendTime'],
    default: 'CreateTime',
    kafka: 'message.timestamp.type',
    doc: 'Whose clock the timestamps are of: the producer, or the broker at the append.',
  },
  minCleanableDirtyRatio: {
    type: 'number',
    min: 0,
    max: 1,
    default: 0.5,
    kafka: 'min.cleanable.dirty.ratio',
    doc: 'A compacted log is cleaned once this part of its bytes was never cleaned.',
  },
  minCompactionLagMs: {
    type: 'integer',
    min: 0,
    default: 0,
    kafka: 'min.compaction.lag.ms',
    doc: 'A record that is younger is not compacted away.',
  },
  retentionBytes: {
    type: 'integer',
    min: -1,
    default: -1,
    kafka: 'retention.bytes',
    doc: 'Oldest segments are deleted while the log stays at least this large without them. −1: no limit.',
  },
  retentionMs: {
    type: 'integer',
    min: -1,
    default: 604800000,
    kafka: 'retention.ms',
    doc: 'A segment is deleted once its largest timestamp is older. −1: never by age.',
  },
  segmentBytes: {
    type: 'integer',
    min: 1024,
    max: MAX_INT32,
    default: 1073741824,
    kafka: 'segment.bytes',
    doc: 'Largest segment file. A larger batch is refused.',
  },
  segmentIndexBytes: {
    type: 'integer',
    min: 24,
    max: MAX_INT32,
    default: 10485760,
    kafka: 'segment.index.bytes',
    doc: 'Largest index file; a new segment begins when it is full. It is not allocated beforehand.',
  },
  segmentMs: {
    type: 'integer',
    min: 1,
    default: 604800000,
    kafka: 'segment.ms',
    doc: 'A new segment begins when a batch is this much younger than the first of the segment.',
  },
} as const satisfies OptionTable;

/** A log's options with every default filled in. */
export type LogConfig = ResolvedOptions<typeof LOG_CONFIG>;
/** What a caller may pass: any subset. */
export type LogConfigInput = OptionsInput<typeof LOG_CONFIG>;

/** Checks and completes options. Throws INVALID_CONFIG that names the option, its value and its range. */
export function resolveLogConfig(input: LogConfigInput | undefined, where: string = 'log config'): LogConfig {
  return resolveOptions(LOG_CONFIG, input, { where, code: 'INVALID_CONFIG' });
}

/** The dotted name of an option, as topic configs spell it: Kafka's, or for an option that Kafka lacks its own. */
export function dottedName(name: keyof typeof LOG_CONFIG): string {
  const option: OptionDefinition = LOG_CONFIG[name];
  return option.kafka ?? name;
}

const namesByDottedName = new Map<string, keyof typeof LOG_CONFIG>(
  (Object.keys(LOG_CONFIG) as (keyof typeof LOG_CONFIG)[]).map((name) => [dottedName(name), name]),
);

/** The option that a dotted name means; undefined when the log has none of that name. */
export function logConfigNameOf(dotted: string): keyof typeof LOG_CONFIG | undefined {
  return namesByDottedName.get(dotted);
}

/**
 * Reads topic configs in dotted form (`segment.bytes` → `'1048576'`). Throws INVALID_CONFIG for a name that the
 * log does not have and for a value outside its range; Kafka's largest int64 is read as 2^53 − 1.
 */
export function parseLogConfigs(
  configs: Readonly<Record<string, string>>,
  where: string = 'topic config',
): LogConfigInput {
  const parsed: Record<string, unknown> = {};
  for (const [dotted, text] of Object.entries(configs)) {
    const name = namesByDottedName.get(dotted);
    if (name === undefined) {
      throw new TidelogError('INVALID_CONFIG', `${where}: unknown option ${JSON.stringify(dotted)}`);
    }
    const number = text === MAX_INT64_TEXT ? String(Number.MAX_SAFE_INTEGER) : text;
    parsed[name] = parseOption(dotted, LOG_CONFIG[name], number, { where, code: 'INVALID_CONFIG' });
  }
  return parsed as LogConfigInput;
}
