/**
 * Parsers of command-line values. Each throws commander's InvalidArgumentError, which ends the command with
 * exit code 2 and names the option, the value and what it may be.
 */
import { InvalidArgumentError } from 'commander';
import type { StartPosition } from './start-position.ts';

/** A parser that says what it accepts, for the reference. */
export interface DescribedParser<T> {
  (text: string): T;
  readonly accepts: string;
}

/** A parser for decimal integers from `min` to `max`, both inclusive. */
export function integer(range: { min: number; max: number }): DescribedParser<number> {
  const accepts = `an integer from ${range.min} to ${range.max}`;
  const parse = (text: string): number => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    if (!Number.isSafeInteger(value) || value < range.min || value > range.max) {
      throw new InvalidArgumentError(`It must be ${accepts}.`);
    }
    return value;
  };
  return Object.assign(parse, { accepts });
}

/** Any text but the empty one, which in a script is most often a variable that is not set. */
export function nonEmpty(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

/** The broker's limit. */
const MAX_GROUP_ID_LENGTH = 255;

/** The id of a consumer group, as a broker takes it. */
export const groupId: DescribedParser<string> = Object.assign(
  (text: string) => {
    if (text.length > MAX_GROUP_ID_LENGTH) {
      throw new InvalidArgumentError(`It must have at most ${MAX_GROUP_ID_LENGTH} characters.`);
    }
    return nonEmpty(text);
  },
  { accepts: `text of 1 to ${MAX_GROUP_ID_LENGTH} characters` },
);

/** Collects the ids of several groups. */
export function groupIds(text: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), groupId(text)];
}

/** A TCP port; 0 lets the system choose. */
export const port: DescribedParser<number> = integer({ min: 0, max: 65_535 });

const DEFAULT_PORT = 7650;

/** `host:port[,host:port]` as a list; a missing port is 7650. */
export function brokers(text: string): string[] {
  const list = text.split(',').map((entry) => entry.trim());
  return list.map((entry) => {
    const match = /^(\[[^\]]+\]|[^:\s]+)(?::(\d{1,5}))?$/.exec(entry);
    const portNumber = Number(match?.[2] ?? DEFAULT_PORT);
    if (match === null || portNumber < 1 || portNumber > 65_535) {
      throw new InvalidArgumentError(`${JSON.stringify(entry)} is not host:port.`);
    }
    return `${match[1] as string}:${portNumber}`;
  });
}

/** Collects `--config key=value` into a record; the same key twice is an error. */
export function keyValue(text: string, previous: Record<string, string> | undefined): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new InvalidArgumentError('It must be key=value.');
  const key = text.slice(0, equals);
  if (previous !== undefined && Object.hasOwn(previous, key)) {
    throw new InvalidArgumentError(`${key} is given twice.`);
  }
  return { ...previous, [key]: text.slice(equals + 1) };
}

/** Collects a repeated option into a list. */
export function list(text: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), text];
}

/** `all`, `1` or `0`; Kafka's −1 is `all`. */
export const acks: DescribedParser<'all' | 0 | 1> = Object.assign(
  (text: string) => {
    if (text === 'all' || text === '-1') return 'all';
    if (text === '1') return 1;
    if (text === '0') return 0;
    throw new InvalidArgumentError('It must be all, 1 or 0.');
  },
  { accepts: '`all`, `1`, `0`' },
);

/** A non-empty separator with the escapes `\t`, `\n`, `\xNN`. */
export function separator(text: string): Buffer {
  const bytes = Buffer.from(replaceEscapes(text), 'latin1');
  if (bytes.length === 0) throw new InvalidArgumentError('It must not be empty.');
  return bytes;
}

/** `beginning`, `end`, an offset, `-N` (the last N records) or `@MS` (the first record at or after a time). */
export function startPosition(text: string): StartPosition {
  if (text === 'beginning' || text === 'earliest') return { kind: 'beginning' };
  if (text === 'end' || text === 'latest') return { kind: 'end' };
  const match = /^([@-]?)(\d{1,16})$/.exec(text);
  const value = Number(match?.[2] ?? NaN);
  if (match === null || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('It must be beginning, end, an offset, -N (the last N) or @MILLISECONDS.');
  }
  if (match[1] === '@') return { kind: 'timestamp', timestampMs: value };
  if (match[1] === '-') return { kind: 'last', recordCount: value };
  return { kind: 'offset', offset: value };
}

/** The text with its escapes replaced, as latin1 characters: one character is one byte. */
export function replaceEscapes(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/\\(x[0-9a-fA-F]{2}|.)/g, (whole, escape: string) => {
      if (escape.length === 3) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
      const simple: Record<string, string> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\\': '\\' };
      return simple[escape] ?? whole;
    });
}

/** Partitions of a topic as the command line names them; all when there are none. */
export interface PartitionSelection {
  readonly topic: string;
  readonly partitions?: readonly number[];
}

const MAX_PARTITION = 2 ** 31 - 1;

/** A parser of an option that may be repeated. */
export interface DescribedCollector<T> {
  (text: string, previous: T[] | undefined): T[];
  readonly accepts: string;
}

/** Collects `topic` and `topic:0,1,2`. */
export const topicPartitions: DescribedCollector<PartitionSelection> = Object.assign(
  (text: string, previous: PartitionSelection[] | undefined) => {
    const [topic = '', numbers, ...rest] = text.split(':');
    if (topic === '' || rest.length > 0) throw new InvalidArgumentError('It must be topic or topic:0,1,2.');
    const partitions = numbers?.split(',').map(partitionNumber);
    return [...(previous ?? []), { topic, ...(partitions === undefined ? {} : { partitions }) }];
  },
  { accepts: '`topic` or `topic:0,1,2`' },
);

/** Collects `topic:partition=offset`. */
export const partitionOffsets: DescribedCollector<{ topic: string; partition: number; offset: number }> =
  Object.assign(
    (text: string, previous: { topic: string; partition: number; offset: number }[] | undefined) => {
      const match = /^([^:=]+):(\d+)=(\d+)$/.exec(text);
      const offset = Number(match?.[3] ?? NaN);
      if (match === null || !Number.isSafeInteger(offset)) {
        throw new InvalidArgumentError('It must be topic:partition=offset.');
      }
      const [, topic = '', number = ''] = match;
      const partition = partitionNumber(number);
      if (previous?.some((row) => row.topic === topic && row.partition === partition) === true) {
        throw new InvalidArgumentError(`${topic}:${partition} is given twice.`);
      }
      return [...(previous ?? []), { topic, partition, offset }];
    },
    { accepts: '`topic:partition=offset`' },
  );

/** Date.parse guesses at other texts: it takes `orders 7` for a day of 2001. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds since the Unix epoch, or a date as `2026-01-31T12:00:00Z`. */
export const timestamp: DescribedParser<number> = Object.assign(
  (text: string) => {
    const timestampMs = /^\d+$/.test(text) ? Number(text) : ISO_DATE.test(text) ? Date.parse(text) : NaN;
    if (!Number.isSafeInteger(timestampMs) || timestampMs < 0) {
      throw new InvalidArgumentError(
        'It must be milliseconds since 1970, or a date as 2026-01-31T12:00:00Z.',
      );
    }
    return timestampMs;
  },
  { accepts: 'milliseconds since 1970, or a date as `2026-01-31T12:00:00Z`' },
);

function partitionNumber(text: string): number {
  const partition = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(partition) && partition <= MAX_PARTITION) return partition;
  throw new InvalidArgumentError(`${JSON.stringify(text)} is not the number of a partition.`);
}
