/**
 * What goes into a producer and what comes back.
 */
import type { HeaderValue, RecordHeaderInput } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { Bytes } from '../serializers.ts';

/**
 * Headers by name, where an array gives a name several values in order; or a list in exactly the order to be stored,
 * such as the headers of a record that was read.
 */
export type MessageHeaders =
  Readonly<Record<string, HeaderValue | readonly HeaderValue[]>> | readonly RecordHeaderInput[];

/** One record to be written. */
export interface Message<K = Bytes, V = Bytes> {
  /** Decides the partition, and which records a compacted topic keeps. null or absent: none. */
  readonly key?: K | null | undefined;
  /** null is a tombstone: it deletes the key in a compacted topic. */
  readonly value: V | null;
  readonly headers?: MessageHeaders | undefined;
  /** Sends the record to this partition, whatever the partitioner says. */
  readonly partition?: number | undefined;
  /** Milliseconds since the Unix epoch, an integer; the time of the call unless given. */
  readonly timestampMs?: number | undefined;
}

/** Where a record was stored. */
export interface RecordMetadata {
  readonly topic: string;
  readonly partition: number;
  /** −1 when the broker does not say: with acks 0, or for a batch that was found to be stored already. */
  readonly offset: number;
  /** Milliseconds since the Unix epoch: the record's own, or the broker's where the topic stamps records. */
  readonly timestampMs: number;
}

/**
 * Told once per record how its delivery ended: an error, or where the record was stored. What it throws becomes
 * an uncaught exception.
 */
export type DeliveryCallback = (
  error: TidelogError | undefined,
  metadata: RecordMetadata | undefined,
) => void;

/** The headers of a message in the form of a record batch. Throws INVALID_ARGUMENT for a value of another type. */
export function recordHeadersOf(headers: MessageHeaders): RecordHeaderInput[] {
  const result: RecordHeaderInput[] = [];
  if (isList(headers)) {
    for (const header of headers) {
      if (typeof header?.key !== 'string') throw badList();
      result.push({ key: header.key, value: checked(header.key, header.value) });
    }
    return result;
  }
  for (const key of Object.keys(headers)) {
    const value = headers[key] as HeaderValue | readonly HeaderValue[];
    if (Array.isArray(value)) {
      for (const item of value as readonly HeaderValue[]) result.push({ key, value: checked(key, item) });
    } else {
      result.push({ key, value: checked(key, value as HeaderValue) });
    }
  }
  return result;
}

function isList(headers: MessageHeaders): headers is readonly RecordHeaderInput[] {
  return Array.isArray(headers);
}

function badList(): TidelogError {
  return new TidelogError('INVALID_ARGUMENT', 'headers as an array are a list of { key, value }');
}

function checked(key: string, value: HeaderValue): HeaderValue {
  if (value === null || typeof value === 'string' || value instanceof Uint8Array) return value;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `header ${JSON.stringify(key)} is ${typeof value}; a header is a string, a Uint8Array, null, or an array of them`,
  );
}
