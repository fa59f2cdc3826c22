/**
 * Every message of the protocol through our frames and through plain protobufjs, in both directions. The other
 * side of each comparison is protobufjs's reflection over the .proto file, which shares no code with gen/.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApiName } from '@tidelog/protocol';
import {
  APIS,
  decodeRequestBody,
  decodeRequestHeader,
  decodeResponseBody,
  decodeResponseHeader,
  encodeRequest,
  encodeResponse,
  FrameDecoder,
} from '@tidelog/protocol';
import type { MessageCase } from './message-arbitrary.ts';
import {
  apiNumbers,
  chunked,
  codecOf,
  comparable,
  lookupType,
  MESSAGE_CASES,
  messageArbitrary,
} from './message-arbitrary.ts';

const CHUNK_SIZES = fc.array(fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 400 })), {
  minLength: 1,
  maxLength: 8,
});
const correlationIds = fc.integer({ min: 1, max: 0xffff_ffff });

function encodeFrame({ api, direction }: MessageCase, correlationId: number, body: object): Buffer {
  const buffers =
    direction === 'request'
      ? encodeRequest(api, correlationId, body)
      : encodeResponse(correlationId, api, body);
  return Buffer.concat(buffers);
}

function decodeFrame(
  { api, direction }: MessageCase,
  frame: Buffer,
): { correlationId: number; body: object } {
  if (direction === 'request') {
    const head = decodeRequestHeader(frame);
    expect(head.api).toBe(APIS[api].api);
    return { correlationId: head.correlationId, body: decodeRequestBody(api, head.body) };
  }
  const head = decodeResponseHeader(frame);
  expect(head.error).toBeUndefined();
  return { correlationId: head.correlationId, body: decodeResponseBody(api, head.body) };
}

function onlyFrame(stream: Buffer, sizes: readonly number[]): Buffer {
  const decoder = new FrameDecoder({ maxFrameBytes: stream.length });
  const frames: Buffer[] = [];
  for (const chunk of chunked(stream, sizes)) {
    decoder.push(chunk);
    for (let frame = decoder.next(); frame !== undefined; frame = decoder.next()) frames.push(frame);
  }
  expect(frames).toHaveLength(1);
  expect(decoder.bufferedBytes).toBe(0);
  return frames[0] as Buffer;
}

test('the table of apis is the enum of the .proto file', () => {
  const numbers = Object.fromEntries(Object.entries(APIS).map(([name, { api }]) => [name, api]));
  expect(numbers).toEqual(apiNumbers());
});

describe.each(MESSAGE_CASES.map((messageCase) => [messageCase.type.name, messageCase] as const))(
  '%s',
  (_name, messageCase) => {
    const { type } = messageCase;
    const generated = codecOf(messageCase);

    test('what we encode is what the generated encoder writes, and plain protobufjs reads it', () => {
      fc.assert(
        fc.property(messageArbitrary(type), correlationIds, (message, correlationId) => {
          const frame = encodeFrame(messageCase, correlationId, message);
          expect(frame.readUInt32BE(0)).toBe(frame.length - 4);
          const headerBytes = frame[4] as number;
          const body = frame.subarray(5 + headerBytes);
          expect(body).toEqual(Buffer.from(generated.encode(message).finish()));
          expect(comparable(type, type.decode(body))).toEqual(comparable(type, message));
          const header = messageCase.direction === 'request' ? 'RequestHeader' : 'ResponseHeader';
          expect(lookupType(header).decode(frame.subarray(5, 5 + headerBytes))).toMatchObject({
            correlationId,
          });
        }),
      );
    });

    test('what we encode we decode, however the stream is cut', () => {
      fc.assert(
        fc.property(messageArbitrary(type), correlationIds, CHUNK_SIZES, (message, correlationId, sizes) => {
          const frame = onlyFrame(encodeFrame(messageCase, correlationId, message), sizes);
          const decoded = decodeFrame(messageCase, frame);
          expect(decoded.correlationId).toBe(correlationId);
          expect(comparable(type, decoded.body)).toEqual(comparable(type, message));
        }),
      );
    });

    test('a frame made by plain protobufjs decodes to the same, with fields in any order', () => {
      fc.assert(
        fc.property(messageArbitrary(type), correlationIds, fc.infiniteStream(fc.nat()), (...given) => {
          const [message, correlationId, random] = given;
          const body = shuffledEncoding(type, message, () => random.next().value as number);
          const decoded = decodeFrame(messageCase, foreignFrame(messageCase, correlationId, body));
          expect(decoded.correlationId).toBe(correlationId);
          expect(comparable(type, decoded.body)).toEqual(comparable(type, message));
        }),
      );
    });
  },
);

/** A frame without its length, made with nothing of ours. */
function foreignFrame({ api, direction }: MessageCase, correlationId: number, body: Buffer): Buffer {
  const type = lookupType(direction === 'request' ? 'RequestHeader' : 'ResponseHeader');
  const header =
    direction === 'request' ? { api: APIS[api as ApiName].api, correlationId } : { correlationId };
  return Buffer.concat([type.encodeDelimited(header).finish(), body]);
}

/** A message with its fields in random order, nested ones too; elements of a list keep theirs. */
function shuffledEncoding(
  type: ReturnType<typeof lookupType>,
  message: Record<string, unknown>,
  random: () => number,
): Buffer {
  const pieces: { order: number; bytes: Uint8Array }[] = [];
  for (const field of type.fieldsArray) {
    const value = message[field.name];
    if (value === undefined) continue;
    const nested = field.resolvedType;
    const order = random();
    if (nested !== null && 'fieldsArray' in nested) {
      const elements = (field.repeated ? value : [value]) as Record<string, unknown>[];
      for (const element of elements) {
        const bytes = shuffledEncoding(nested, element, random);
        pieces.push({ order, bytes: lengthDelimited(field.id, bytes) });
      }
    } else {
      pieces.push({ order, bytes: type.encode({ [field.name]: value }).finish() });
    }
  }
  pieces.sort((left, right) => left.order - right.order);
  return Buffer.concat(pieces.map(({ bytes }) => bytes));
}

function lengthDelimited(fieldNumber: number, bytes: Buffer): Buffer {
  const prefix: number[] = [(fieldNumber << 3) | 2];
  let rest = bytes.length;
  for (; rest > 0x7f; rest >>>= 7) prefix.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([...prefix, rest]), bytes]);
}
