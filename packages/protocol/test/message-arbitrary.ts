/**
 * Random messages of every api, drawn from the .proto file itself: a field that is added there is tested without
 * a change here. What comes out is what the encoders take (Long for 64-bit fields, Buffer for bytes); fields are
 * left out now and then.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import type { ApiName } from '@tidelog/protocol';
import { API_NAMES, APIS, fromSafeNumber } from '@tidelog/protocol';

const PROTO_FILE = fileURLToPath(new URL('../proto/tidelog.proto', import.meta.url));
const schema = protobuf.parse(readFileSync(PROTO_FILE, 'utf8')).root.resolveAll();

export type Direction = 'request' | 'response';
export const DIRECTIONS: readonly Direction[] = ['request', 'response'];

/** One message type with two independent codecs: ours, and protobufjs's reflection over the .proto file. */
export interface MessageCase {
  readonly api: ApiName;
  readonly direction: Direction;
  readonly type: protobuf.Type;
}

/** METADATA → Metadata: messages are named after their api. */
function messageName(api: ApiName, direction: Direction): string {
  const words = api.split('_').map((word) => word[0] + word.slice(1).toLowerCase());
  return `${words.join('')}${direction === 'request' ? 'Request' : 'Response'}`;
}

export const MESSAGE_CASES: readonly MessageCase[] = API_NAMES.flatMap((api) =>
  DIRECTIONS.map((direction) => ({ api, direction, type: lookupType(messageName(api, direction)) })),
);

export function lookupType(name: string): protobuf.Type {
  return schema.lookupType(`tidelog.v1.${name}`);
}

/** The numbers of `enum Api` by name, without the unspecified one. */
export function apiNumbers(): Record<string, number> {
  const { API_UNSPECIFIED: _unspecified, ...numbers } = schema.lookupEnum('tidelog.v1.Api').values;
  return numbers;
}

/** The generated codec of a case. */
export function codecOf({ api, direction }: MessageCase): (typeof APIS)[ApiName]['request'] {
  return APIS[api][direction];
}

/** A message as plain comparable data: 64-bit values as decimal text, bytes as base64, defaults filled in. */
export function comparable(type: protobuf.Type, message: object): unknown {
  const options = { longs: String, bytes: String, defaults: true, arrays: true, objects: true } as const;
  return type.toObject(message as protobuf.Message, options);
}

const SAFE = fc.maxSafeInteger().map((value) => fromSafeNumber(value));
const SCALARS: Record<string, fc.Arbitrary<unknown>> = {
  bool: fc.boolean(),
  string: fc.string({ unit: 'grapheme', maxLength: 60 }),
  bytes: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  uint32: fc.oneof(fc.nat(200), fc.integer({ min: 0, max: 0xffff_ffff })),
  int32: fc.oneof(fc.integer({ min: -2, max: 200 }), fc.integer()),
  sint32: fc.oneof(fc.integer({ min: -2, max: 200 }), fc.integer()),
  int64: SAFE,
  sint64: SAFE,
};

function fieldArbitrary(field: protobuf.Field): fc.Arbitrary<unknown> {
  const { resolvedType } = field;
  const scalar = SCALARS[field.type];
  let element: fc.Arbitrary<unknown>;
  if (scalar !== undefined) element = scalar;
  else if (resolvedType instanceof protobuf.Enum) {
    element = fc.constantFrom(...Object.values(resolvedType.values));
  } else if (resolvedType instanceof protobuf.Type) element = messageArbitrary(resolvedType);
  else throw new Error(`no arbitrary for ${field.fullName}: add its type ${field.type} to SCALARS`);
  if (field instanceof protobuf.MapField) {
    return fc.dictionary(fc.string({ maxLength: 20 }), element as fc.Arbitrary<string>, { maxKeys: 5 });
  }
  return field.repeated ? fc.array(element, { maxLength: 4 }) : element;
}

/** Any message of a type, fields left out at random. */
export function messageArbitrary(type: protobuf.Type): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(type.fieldsArray.map((field) => [field.name, fieldArbitrary(field)]));
  return fc.record(fields, { requiredKeys: [] });
}

/** One of the values of cuts: a byte stream in chunks of random sizes, often tiny. */
export function chunked(stream: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let position = 0;
  for (let turn = 0; position < stream.length; turn++) {
    const sizeBytes = Math.max(1, sizes[turn % sizes.length] ?? stream.length);
    chunks.push(stream.subarray(position, position + sizeBytes));
    position += sizeBytes;
  }
  return chunks;
}
