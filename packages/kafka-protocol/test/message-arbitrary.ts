/**
 * Random messages, drawn from the definitions themselves: a field or an API that is added is tested without a change
 * here. Fields that a version lacks have their defaults, so that a message decodes to what was encoded.
 */
import fc from 'fast-check';
import { APIS, API_NAMES, type ApiName } from '../src/apis.ts';
import { takeDefault } from '../src/field-rules.ts';
import type { MessageCodec } from '../src/message-codec.ts';
import type { AnyField, Fields, MessageDefinition, PrimitiveType, WireType } from '../src/schema.ts';
import { includesVersion } from '../src/version-range.ts';

export type Direction = 'request' | 'response';
export const DIRECTIONS: readonly Direction[] = ['request', 'response'];

/** One message in one version. */
export interface MessageCase {
  readonly api: ApiName;
  readonly direction: Direction;
  readonly version: number;
}

export const MESSAGE_CASES: readonly MessageCase[] = API_NAMES.flatMap((api) => {
  const { minVersion, maxVersion } = APIS[api];
  const versions = Array.from({ length: maxVersion - minVersion + 1 }, (_, index) => minVersion + index);
  return versions.flatMap((version) => DIRECTIONS.map((direction) => ({ api, direction, version })));
});

/** The codec of a case, without the types of its fields. */
export function codecOf({ api, direction }: Pick<MessageCase, 'api' | 'direction'>): MessageCodec<Fields> {
  return APIS[api][direction] as unknown as MessageCodec<Fields>;
}

export type Message = Record<string, unknown>;

interface Context {
  readonly version: number;
  readonly isFlexible: boolean;
}

/** Any message of a definition in a version. */
export function messageArbitrary(definition: MessageDefinition, version: number): fc.Arbitrary<Message> {
  const isFlexible = includesVersion(definition.flexible, version);
  return structArbitrary(definition.fields, { version, isFlexible });
}

const TEXT = fc.string({ unit: 'grapheme', maxLength: 60 });
const BYTES = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
/** At the border where ranges are passed by reference. */
const RECORDS = fc.oneof(
  BYTES,
  fc.constantFrom(1023, 1024, 3000).map((size) => Buffer.alloc(size, 5)),
);

const PRIMITIVES: Record<PrimitiveType, fc.Arbitrary<unknown>> = {
  int8: fc.integer({ min: -0x80, max: 0x7f }),
  int16: fc.integer({ min: -0x8000, max: 0x7fff }),
  int32: fc.oneof(fc.integer({ min: -2, max: 200 }), fc.integer()),
  int64: fc.oneof(fc.integer({ min: -2, max: 200 }), fc.maxSafeInteger()),
  clampedInt64: fc.oneof(fc.integer({ min: -2, max: 200 }), fc.maxSafeInteger()),
  bigint64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  bool: fc.boolean(),
  string: TEXT,
  uuid: fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => Buffer.from(bytes).toString('base64url')),
  bytes: BYTES,
  records: RECORDS,
};

const UNKNOWN_TAGS = fc
  .uniqueArray(fc.integer({ min: 100, max: 0xffff_ffff }), { minLength: 1, maxLength: 3 })
  .map((tags) => tags.sort((left, right) => left - right))
  .chain((tags) => fc.tuple(...tags.map((tag) => BYTES.map((data) => ({ tag, data })))));

function structArbitrary(fields: Fields, context: Context): fc.Arbitrary<Message> {
  const known = Object.entries(fields).map(
    ([name, field]) => [name, fieldArbitrary(field, context)] as const,
  );
  const struct = fc.record(Object.fromEntries(known) as Record<string, fc.Arbitrary<unknown>>);
  if (!context.isFlexible) return struct;
  return fc.oneof(
    { weight: 9, arbitrary: struct },
    {
      weight: 1,
      arbitrary: fc
        .tuple(struct, UNKNOWN_TAGS)
        .map(([value, unknownTaggedFields]) => ({ ...value, unknownTaggedFields })),
    },
  );
}

function fieldArbitrary(field: AnyField, context: Context): fc.Arbitrary<unknown> {
  if (!includesVersion(field.versions, context.version)) return fc.constant(takeDefault(field));
  const value = typeArbitrary(field.type, context);
  const isNullable = includesVersion(field.options.nullable, context.version);
  const present = isNullable ? fc.option(value, { nil: null }) : value;
  if (field.options.tag === undefined) return present;
  return fc.oneof(present, fc.constant(takeDefault(field)));
}

function typeArbitrary(type: WireType, context: Context): fc.Arbitrary<unknown> {
  if (type.kind === 'struct') return structArbitrary(type.fields, context);
  if (type.kind === 'array') return fc.array(typeArbitrary(type.element, context), { maxLength: 3 });
  return PRIMITIVES[type.kind];
}
