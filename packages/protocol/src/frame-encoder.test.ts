import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wire } from '../gen/wire.js';
import { encodeErrorResponse, encodeRequest, encodeResponse } from './frame-encoder.ts';
import { BY_REFERENCE_BYTES, frameSizeBytes } from './frame-writer.ts';
import { fromSafeNumber } from './int64.ts';
import {
  decodeRequestBody,
  decodeRequestHeader,
  decodeResponseBody,
  decodeResponseHeader,
} from './message-decoder.ts';

const topicId = Buffer.alloc(16, 0xab);
const payload = (buffers: Buffer[]): Buffer => Buffer.concat(buffers).subarray(4);

describe('record batches', () => {
  const first = Buffer.alloc(70_000, 1);
  const second = [Buffer.alloc(3000, 2), Buffer.alloc(0), Buffer.alloc(5, 3)];

  test('leave by reference between slices of one small head buffer', () => {
    const buffers = encodeRequest('PRODUCE', 9, {
      acks: -1,
      timeoutMs: 30_000,
      partitions: [
        { topicId, partition: 0, records: first },
        { topicId, partition: 1, records: second },
      ],
    });
    expect(buffers).toHaveLength(5);
    const [head, records, between, ...pieces] = buffers as [Buffer, Buffer, Buffer, Buffer, Buffer];
    expect(records).toBe(first);
    expect(pieces[0]).toBe(second[0]);
    expect(pieces[1]).toBe(second[2]);
    expect(head.buffer).toBe(between.buffer);
    expect(between.byteOffset).toBe(head.byteOffset + head.length);
    expect(head.length + between.length).toBeLessThan(80);
  });

  test('that are small lie in the head', () => {
    const records = [Buffer.alloc(BY_REFERENCE_BYTES - 2, 4), Buffer.alloc(1, 5)];
    const buffers = encodeRequest('PRODUCE', 9, { partitions: [{ topicId, records }] });
    expect(buffers).toHaveLength(1);
    const { partitions } = decodeRequestBody('PRODUCE', decodeRequestHeader(payload(buffers)).body);
    expect(partitions[0]?.records).toEqual(Buffer.concat(records));
  });

  test('of any sizes give the bytes that the generated encoder gives', () => {
    const slab = Buffer.from(Array.from({ length: 4096 }, (_, index) => index));
    const large = Buffer.alloc(2 ** 21, slab); // its length takes a fourth byte
    const sizes = fc.oneof(
      { weight: 10, arbitrary: fc.integer({ min: 0, max: 4096 }) },
      { weight: 1, arbitrary: fc.constant(large.length) },
    );
    const pieces = fc.array(fc.array(sizes, { maxLength: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, fc.string(), (partitionSizes, errorMessage) => {
        const records = partitionSizes.map((list) => list.map((sizeBytes) => large.subarray(0, sizeBytes)));
        const data = { topicId, errorMessage, highWatermark: fromSafeNumber(77) };
        const buffers = encodeResponse(1, 'FETCH', {
          partitions: records.map((list) => ({ ...data, records: list })),
        });
        const plain = wire.FetchResponse.encode({
          partitions: records.map((list) => ({ ...data, records: Buffer.concat(list) })),
        }).finish();
        expect(Buffer.compare(decodeResponseHeader(payload(buffers)).body, plain)).toBe(0);
        expect(Buffer.concat(buffers).readUInt32BE(0)).toBe(frameSizeBytes(buffers) - 4);
        expect(buffers.every(({ length }) => length > 0)).toBe(true);
      }),
    );
  });

  test('may be plain Uint8Arrays', () => {
    const records = new Uint8Array(BY_REFERENCE_BYTES).fill(9);
    const buffers = encodeResponse(1, 'FETCH', { partitions: [{ topicId, records }] });
    expect(buffers[1]?.buffer).toBe(records.buffer);
    const { body } = decodeResponseHeader(payload(buffers));
    expect(decodeResponseBody('FETCH', body).partitions[0]?.records).toEqual(Buffer.from(records));
  });

  test('of two gigabytes are refused: protobuf cannot say their length', () => {
    const page = Buffer.alloc(1024 * 1024);
    const body = { partitions: [{ topicId, records: Array.from({ length: 2048 }, () => page) }] };
    expect(() => encodeRequest('PRODUCE', 1, body)).toThrowError(
      expect.objectContaining({
        code: 'FRAME_TOO_LARGE',
        message: expect.stringContaining('PRODUCE request'),
      }),
    );
  });
});

describe('a frame without records', () => {
  test('is one buffer of exactly its size', () => {
    const buffers = encodeRequest('METADATA', 300, { topicNames: ['orders'] });
    expect(buffers).toHaveLength(1);
    expect(frameSizeBytes(buffers)).toBe(4 + (buffers[0] as Buffer).readUInt32BE(0));
  });

  test('is not disturbed by the frames encoded after it', () => {
    const name = 'x'.repeat(300_000);
    const [large] = encodeRequest('METADATA', 1, { topicNames: [name] });
    const copy = Buffer.from(large as Buffer);
    encodeRequest('METADATA', 2, { topicNames: ['y'.repeat(300_000)] });
    expect(large).toEqual(copy);
  });
});

describe('values that cannot be encoded are refused, not cut', () => {
  const bad: [string, () => unknown][] = [
    ['a bigint', () => encodeResponse(1, 'PRODUCE', { partitions: [{ baseOffset: 5n as never }] })],
    ['a number for a Long', () => encodeResponse(1, 'PRODUCE', { partitions: [{ baseOffset: 5 as never }] })],
    [
      'a bigint in a zigzag field',
      () => encodeRequest('LIST_OFFSETS', 1, { partitions: [{ timestampMs: 1n as never }] }),
    ],
    ['Infinity', () => encodeRequest('FETCH', 1, { maxWaitMs: Infinity })],
    ['a fraction', () => encodeRequest('FETCH', 1, { maxBytes: 1.5 })],
    ['a negative uint32', () => encodeRequest('FETCH', 1, { minBytes: -1 })],
    ['an int32 beyond its range', () => encodeResponse(1, 'HELLO', { brokerId: 2 ** 31 })],
    ['a sint32 beyond its range', () => encodeRequest('PRODUCE', 1, { acks: 2 ** 31 })],
    [
      'a list with one bad element',
      () => encodeResponse(1, 'METADATA', { topics: [{ partitions: [{ isrIds: [1, NaN] }] }] }),
    ],
    ['a string for bytes', () => encodeRequest('FETCH', 1, { partitions: [{ topicId: 'AAAA' as never }] })],
    [
      'a list of things that are not bytes',
      () => encodeRequest('PRODUCE', 1, { partitions: [{ records: [5 as never] }] }),
    ],
    ['a correlation id beyond 32 bits', () => encodeRequest('HELLO', 2 ** 32, {})],
  ];

  test.each(bad)('%s', (_what, encode) => {
    expect(encode).toThrowError(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(/^cannot encode/) }),
    );
    expect(payload(encodeRequest('HELLO', 1, {}))).toEqual(Buffer.from([4, 8, 1, 16, 1]));
  });

  test('a string with a lone surrogate leaves as valid UTF-8', () => {
    for (const filler of [1, 100, 1000]) {
      const clusterId = `\ud800${'a'.repeat(filler)}`;
      const { body } = decodeResponseHeader(payload(encodeResponse(1, 'HELLO', { clusterId })));
      expect(decodeResponseBody('HELLO', body).clusterId).toBe(`\ufffd${'a'.repeat(filler)}`);
    }
  });
});

describe('answers', () => {
  test('carry the throttle time', () => {
    const buffers = encodeResponse(
      5,
      'PRODUCE',
      { partitions: [{ baseOffset: fromSafeNumber(3) }] },
      { throttleMs: 70 },
    );
    expect(decodeResponseHeader(payload(buffers))).toMatchObject({
      correlationId: 5,
      throttleMs: 70,
      error: undefined,
    });
  });

  test('to a failed request carry code, number and message, and no body', () => {
    const head = decodeResponseHeader(payload(encodeErrorResponse(5, 'UNSUPPORTED_VERSION', 'no api 99')));
    expect(head.correlationId).toBe(5);
    expect(head.body).toHaveLength(0);
    expect(head.error).toMatchObject({ code: 'UNSUPPORTED_VERSION', message: 'no api 99', retriable: false });
  });

  test('say UNKNOWN_SERVER_ERROR for a code that has no number', () => {
    const { error } = decodeResponseHeader(payload(encodeErrorResponse(5, 'DISK_FULL', 'no space')));
    expect(error).toMatchObject({ code: 'UNKNOWN_SERVER_ERROR', message: 'no space' });
  });

  test('stay readable with the longest message', () => {
    const { error } = decodeResponseHeader(
      payload(encodeErrorResponse(5, 'INVALID_REQUEST', '€'.repeat(100_000))),
    );
    expect(error?.message).toHaveLength(8192);
  });
});
