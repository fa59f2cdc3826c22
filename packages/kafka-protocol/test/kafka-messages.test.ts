/**
 * Messages of Kafka's own serializer: each decodes to the value that was put into it, field by field, and encodes to
 * the same bytes. What goes round and comes out the same may still have two fields swapped; what Kafka calls by name
 * may not. testdata/README.md says where they come from.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { API_VERSIONS, type ApiName } from '../src/apis.ts';
import { decodeRequest, encodeRequest } from '../src/request-frame.ts';
import { decodeResponse, encodeResponse } from '../src/response-frame.ts';

interface KafkaMessage {
  readonly client: string;
  readonly api: ApiName;
  readonly version: number;
  readonly direction: 'request' | 'response';
  /** Is every optional field there, or may each be null, empty or its default? */
  readonly filling: 'full' | 'sparse';
  readonly correlationId: number;
  /** Of requests. */
  readonly clientId?: string | null;
  /** Header and body in base64, without the size. */
  readonly frame: string;
  /** The body by Kafka's names, bytes in base64; fields that the version lacks have Kafka's defaults. */
  readonly value: unknown;
}

const MESSAGES = readFileSync(new URL('../testdata/kafka-messages.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as KafkaMessage);
const REQUESTS = MESSAGES.filter(({ direction }) => direction === 'request');
const RESPONSES = MESSAGES.filter(({ direction }) => direction === 'response');

const withoutSize = (pieces: readonly Buffer[]): string =>
  Buffer.concat(pieces).subarray(4).toString('base64');

/** Kafka says of these names that they end with version 3; here there is no other version. */
const withoutRange = (name: string): string => {
  const short = name.replace(/v3AndBelow/i, '');
  return short.charAt(0).toLowerCase() + short.slice(1);
};

/** A recorded value with the names that the definitions have. */
function asNamedHere(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asNamedHere);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [withoutRange(name), asNamedHere(field)]);
  return Object.fromEntries(fields);
}

/** A decoded value as the recorded ones are written. */
function asRecorded(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(asRecorded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, asRecorded(field)]));
}

describe.each(REQUESTS)('$client $api v$version, a $filling request', (recorded) => {
  const { api, version, correlationId, clientId, frame, value } = recorded;

  test('has the values that were put in, and encodes to the same bytes', () => {
    const { header, body } = decodeRequest(Buffer.from(frame, 'base64'));
    expect(header).toMatchObject({ api, apiVersion: version, isKnown: true, correlationId, clientId });
    expect(asRecorded(body)).toEqual(asNamedHere(value));
    expect(withoutSize(encodeRequest(api, header, body as never))).toBe(frame);
  });
});

describe.each(RESPONSES)('$client $api v$version, a $filling response', (recorded) => {
  const { api, version, correlationId, frame, value } = recorded;

  test('has the values that were put in, and encodes to the same bytes', () => {
    const decoded = decodeResponse(api, version, Buffer.from(frame, 'base64'));
    expect(decoded).toMatchObject({ apiVersion: version, correlationId });
    expect(asRecorded(decoded.body)).toEqual(asNamedHere(value));
    const header = { apiVersion: version, correlationId };
    expect(withoutSize(encodeResponse(api, header, decoded.body as never))).toBe(frame);
  });
});

test('every API and version that is defined has them, in both directions and fillings', () => {
  const keyOf = (...parts: readonly (string | number)[]): string => parts.join(' ');
  const recorded = new Set(
    MESSAGES.map(({ api, version, direction, filling }) => keyOf(api, version, direction, filling)),
  );
  const missing: string[] = [];
  for (const { name, minVersion, maxVersion } of API_VERSIONS) {
    for (let version = minVersion; version <= maxVersion; version++) {
      for (const direction of ['request', 'response']) {
        for (const filling of ['full', 'sparse']) {
          const key = keyOf(name, version, direction, filling);
          if (!recorded.has(key)) missing.push(key);
        }
      }
    }
  }
  expect(missing).toEqual([]);
});
