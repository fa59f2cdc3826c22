/**
 * The headers that tell where a record in a retry or dead-letter topic comes from, and why it is there.
 *
 *   tidelog.origin.topic      the topic that the record was read from at first
 *   tidelog.origin.partition  decimal
 *   tidelog.origin.offset     decimal
 *   tidelog.origin.timestamp  decimal, milliseconds since the Unix epoch
 *   tidelog.group             the consumer group, when there is one
 *   tidelog.attempts          decimal: calls made with the record so far
 *   tidelog.retry.round       decimal: how often it was put into the retry topic, this time included
 *   tidelog.not-before        decimal, milliseconds since the Unix epoch; in retry topics only
 *   tidelog.error.code        the error's code, or its name
 *   tidelog.error.message     at most MAX_MESSAGE_BYTES of UTF-8
 *
 * They follow the record's own headers, which are kept as they are; those of an earlier round are replaced, except
 * that the origin stays. Values are UTF-8 text. A header that is missing or makes no sense counts as not there.
 */
import type { RecordHeader, RecordHeaderInput } from '@tidelog/record';
import type { ConsumerRecord } from '../consumer-record.ts';

/** Where a record was read from at first. */
export interface RecordOrigin {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since the Unix epoch. */
  readonly timestampMs: number;
}

/** What the headers of a record say. */
export interface RecordHistory {
  readonly origin: RecordOrigin;
  /** Calls made with the record in earlier rounds. */
  readonly attempts: number;
  readonly round: number;
  /** Milliseconds since the Unix epoch; 0: at once. */
  readonly notBeforeMs: number;
}

const PREFIX = 'tidelog.';
const ORIGIN_TOPIC = 'tidelog.origin.topic';
const ORIGIN_PARTITION = 'tidelog.origin.partition';
const ORIGIN_OFFSET = 'tidelog.origin.offset';
const ORIGIN_TIMESTAMP = 'tidelog.origin.timestamp';
const GROUP = 'tidelog.group';
const ATTEMPTS = 'tidelog.attempts';
const ROUND = 'tidelog.retry.round';
const NOT_BEFORE = 'tidelog.not-before';
const ERROR_CODE = 'tidelog.error.code';
const ERROR_MESSAGE = 'tidelog.error.message';
const OURS = new Set([
  ORIGIN_TOPIC,
  ORIGIN_PARTITION,
  ORIGIN_OFFSET,
  ORIGIN_TIMESTAMP,
  GROUP,
  ATTEMPTS,
  ROUND,
  NOT_BEFORE,
  ERROR_CODE,
  ERROR_MESSAGE,
]);

/** How much of an error's message is kept. */
export const MAX_MESSAGE_BYTES = 1_024;
const MAX_CODE_BYTES = 128;

/** What a record's headers say about its past; for a record without one: it comes from where it was read. */
export function historyOf(record: ConsumerRecord<unknown, unknown>): RecordHistory {
  const found = new Map<string, string>();
  for (const { key, value } of record.headers) {
    if (key.startsWith(PREFIX) && value !== null) found.set(key, Buffer.from(value).toString('utf8'));
  }
  const { topic, partition, offset, timestampMs } = record;
  const origin = {
    topic: found.get(ORIGIN_TOPIC) ?? '',
    partition: numberOf(found.get(ORIGIN_PARTITION)) ?? -1,
    offset: numberOf(found.get(ORIGIN_OFFSET)) ?? -1,
    timestampMs: numberOf(found.get(ORIGIN_TIMESTAMP)) ?? -1,
  };
  const isWhole = origin.topic !== '' && origin.partition >= 0 && origin.offset >= 0;
  return {
    origin: isWhole ? origin : { topic, partition, offset, timestampMs },
    attempts: numberOf(found.get(ATTEMPTS)) ?? 0,
    round: numberOf(found.get(ROUND)) ?? 0,
    notBeforeMs: numberOf(found.get(NOT_BEFORE)) ?? 0,
  };
}

/** The headers of a record on its way into a retry or dead-letter topic. */
export function headersFor(
  headers: readonly RecordHeader[],
  history: RecordHistory,
  why: { readonly error: unknown; readonly groupId: string | undefined },
): RecordHeaderInput[] {
  const { origin, attempts, round, notBeforeMs } = history;
  const { code, message } = describeError(why.error);
  const result: RecordHeaderInput[] = headers.filter(({ key }) => !OURS.has(key));
  const add = (key: string, value: string | number): void => void result.push({ key, value: String(value) });
  add(ORIGIN_TOPIC, origin.topic);
  add(ORIGIN_PARTITION, origin.partition);
  add(ORIGIN_OFFSET, origin.offset);
  add(ORIGIN_TIMESTAMP, origin.timestampMs);
  if (why.groupId !== undefined) add(GROUP, why.groupId);
  add(ATTEMPTS, attempts);
  if (round > 0) add(ROUND, round);
  if (notBeforeMs > 0) add(NOT_BEFORE, notBeforeMs);
  add(ERROR_CODE, cut(code, MAX_CODE_BYTES));
  add(ERROR_MESSAGE, cut(message, MAX_MESSAGE_BYTES));
  return result;
}

function describeError(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: typeof error, message: textOf(error) };
  const { code } = error as { code?: unknown };
  return { code: typeof code === 'string' ? code : error.name, message: error.message };
}

/** Whatever was thrown, as text; some objects refuse to be. */
function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'a value without a text';
  }
}

/** At most `maxBytes` of UTF-8, whole characters. */
function cut(text: string, maxBytes: number): string {
  // A character is one to three bytes per unit of a JavaScript string: no more than this can matter.
  const bytes = Buffer.from(text.slice(0, maxBytes), 'utf8');
  if (bytes.length <= maxBytes) return text.slice(0, maxBytes);
  let end = maxBytes;
  while (((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}
