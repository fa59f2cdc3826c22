import { describe, expect, test } from 'vitest';
import { wire } from '../gen/wire.js';
import { API_NAMES, apiNameOf } from './apis.ts';
import { MAX_FIELDS_PER_REQUEST } from './checked-reader.ts';
import {
  decodeRequestBody,
  decodeRequestHeader,
  decodeResponseBody,
  decodeResponseHeader,
} from './message-decoder.ts';

const malformed = (message: RegExp): unknown =>
  expect.objectContaining({
    name: 'TidelogError',
    code: 'MALFORMED_FRAME',
    message: expect.stringMatching(message),
  });
const bytes = (...values: number[]): Buffer => Buffer.from(values);

describe('a request header', () => {
  test('gives api, correlation id and a view of the body', () => {
    const frame = bytes(5, 8, 3, 16, 0xac, 2, 0xaa, 0xbb);
    const { api, correlationId, body } = decodeRequestHeader(frame);
    expect({ api, name: apiNameOf(api), correlationId }).toEqual({
      api: 3,
      name: 'PRODUCE',
      correlationId: 300,
    });
    expect([body.buffer, body.byteOffset, body.length]).toEqual([frame.buffer, frame.byteOffset + 6, 2]);
  });

  test('may name an api that this version does not know', () => {
    const { api } = decodeRequestHeader(bytes(5, 8, 0xff, 0xff, 0xff, 0x7f));
    expect(apiNameOf(api)).toBeUndefined();
  });

  test('skips fields that it does not know', () => {
    expect(decodeRequestHeader(bytes(7, 8, 1, 16, 2, 0x9a, 1, 0))).toMatchObject({
      api: 1,
      correlationId: 2,
    });
  });

  test.each([
    ['empty', bytes(0), /names no api/],
    ['of another protocol', bytes(0, 18, 0, 3, 0, 0, 0, 1), /names no api/],
    ['cut', bytes(4, 8, 1, 16), /reaches beyond its end/],
    ['with a cut length', bytes(0x80), /reaches beyond its end/],
    ['with an endless length', bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff), /invalid length/],
    ['with a length of 2 GB', bytes(0xff, 0xff, 0xff, 0xff, 7, 1), /declares 2147483647 bytes/],
    ['with an impossible wire type', bytes(2, 0x0f, 1), /invalid wire type/],
    ['with field number 0', bytes(2, 0, 1), /field number 0/],
    ['with an open group', bytes(2, 0x1b, 0x1b), /reaches beyond its end/],
  ])('%s is malformed', (_what, frame, message) => {
    expect(() => decodeRequestHeader(frame)).toThrowError(malformed(message));
  });
});

describe('a response header', () => {
  test('may be empty: every field has its default', () => {
    expect(decodeResponseHeader(bytes(0))).toMatchObject({
      correlationId: 0,
      error: undefined,
      throttleMs: 0,
    });
  });

  test('with an unknown error number is UNKNOWN_SERVER_ERROR', () => {
    expect(decodeResponseHeader(bytes(5, 8, 1, 16, 0xb9, 0x60)).error?.code).toBe('UNKNOWN_SERVER_ERROR');
  });

  test('that is cut is malformed', () => {
    expect(() => decodeResponseHeader(bytes(2, 8))).toThrowError(
      malformed(/^response header cannot be decoded/),
    );
  });
});

describe('a body', () => {
  test('of no bytes is every message with its defaults', () => {
    for (const api of API_NAMES) {
      expect(decodeRequestBody(api, Buffer.alloc(0))).toBeDefined();
      expect(decodeResponseBody(api, Buffer.alloc(0))).toBeDefined();
    }
    const partition = new wire.FetchPartitionData();
    expect([partition.records.length, partition.highWatermark.toNumber()]).toEqual([0, 0]);
  });

  test('holds records as views of the frame', () => {
    const body = Buffer.from(
      wire.ProduceRequest.encode({ partitions: [{ records: Buffer.from('batch') }] }).finish(),
    );
    const { records } = decodeRequestBody('PRODUCE', body).partitions[0] as wire.ProducePartitionData;
    expect(Buffer.isBuffer(records)).toBe(true);
    expect(records.toString()).toBe('batch');
    expect(records.buffer).toBe(body.buffer);
  });

  const nestedGroups = Buffer.concat([Buffer.alloc(5000, 0x7b), Buffer.alloc(5000, 0x7c)]);
  test.each([
    ['records that reach beyond it', bytes(0x1a, 5, 0x7a, 100, 1, 2, 3), /reaches beyond its end/],
    ['a partition that reaches beyond it', bytes(0x1a, 100, 0x7a, 3), /reaches beyond its end/],
    ['a varint without end', Buffer.alloc(12, 0xff), /invalid tag encoding/],
    ['groups nested without end', nestedGroups, /max depth exceeded/],
    ['an end of a group that never began', bytes(0x0c), /invalid wire type/],
  ])('with %s is malformed and names its api', (_what, body, message) => {
    expect(() => decodeRequestBody('PRODUCE', body)).toThrowError(malformed(message));
    expect(() => decodeRequestBody('PRODUCE', body)).toThrowError(/^PRODUCE request cannot be decoded/);
  });

  test('with a string that is not UTF-8 is malformed', () => {
    expect(() => decodeRequestBody('METADATA', bytes(0x12, 2, 0xc3, 0x28))).toThrowError(
      malformed(/METADATA request/),
    );
  });

  test('with a known field of another wire type skips it, as protobuf says', () => {
    expect(decodeRequestBody('FETCH', bytes(0x0a, 1, 65)).maxWaitMs).toBe(0);
  });

  test('may have a config called __proto__', () => {
    const body = Buffer.from(
      wire.CreateTopicsRequest.encode({ topics: [{ configs: { ['__proto__']: 'x' } }] }).finish(),
    );
    const configs = decodeRequestBody('CREATE_TOPICS', body).topics[0]?.configs ?? {};
    expect(Object.entries(configs)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(configs)).toBe(Object.prototype);
  });
});

describe('the budget of fields', () => {
  const emptyPartitions = (count: number): Buffer => Buffer.alloc(count * 2, bytes(0x1a, 0));

  test('ends the decoding of a request that would become a million objects', () => {
    expect(() => decodeRequestBody('PRODUCE', emptyPartitions(MAX_FIELDS_PER_REQUEST + 1))).toThrowError(
      malformed(/more fields than a message may have/),
    );
  });

  test('leaves room for every request that makes sense', () => {
    expect(decodeRequestBody('PRODUCE', emptyPartitions(100_000)).partitions).toHaveLength(100_000);
  });

  test('counts the elements of packed lists before they are stored', () => {
    const list = Buffer.concat([bytes(0x2a, 0x81, 0xad, 0xe2, 0x04), Buffer.alloc(10_000_001)]);
    const partition = Buffer.concat([bytes(0x32, 0x86, 0xad, 0xe2, 0x04), list]);
    const topic = Buffer.concat([bytes(0x22, 0x8b, 0xad, 0xe2, 0x04), partition]);
    expect(() => decodeResponseBody('METADATA', topic)).toThrowError(malformed(/more fields/));
  });
});
