/**
 * One half of the interpreter: a definition and a version become a function that reads (closures, made once and
 * kept by the codec; nothing is generated as text).
 *
 * Invariants: a decoded struct has all fields of its definition, in its order, whatever the version. Bytes and
 * records are views of the input. Defaults are shared and frozen.
 */
import { CodecFault, malformed } from './codec-fault.ts';
import { isTaggedIn, takeDefault } from './field-rules.ts';
import type { AnyField, Fields, PrimitiveType, UnknownTaggedField, WireType } from './schema.ts';
import { includesVersion } from './version-range.ts';
import type { WireReader } from './wire-reader.ts';

/** The version that is decoded, and whether the message is flexible in it. */
export interface VersionContext {
  readonly version: number;
  readonly flexible: boolean;
}

type Read<Value = unknown> = (reader: WireReader) => Value;
type StructValue = Record<string, unknown>;

/** How to read a value, and the fewest bytes that it can take. */
interface Decoder {
  readonly read: Read;
  readonly minBytes: number;
}

/** Compiles the reader of a struct, tagged fields included. */
export function compileStructDecoder(fields: Fields, context: VersionContext): Decoder {
  const template: StructValue = {};
  const names: string[] = [];
  const reads: Read[] = [];
  const tagged = new Map<number, { name: string; read: Read }>();
  let minBytes = context.flexible ? 1 : 0;
  for (const [name, field] of Object.entries(fields)) {
    template[name] = takeDefault(field);
    if (!includesVersion(field.versions, context.version)) continue;
    const decoder = compileField(field, context);
    if (isTaggedIn(field, context)) {
      tagged.set(field.options.tag as number, { name, read: decoder.read });
    } else {
      names.push(name);
      reads.push(decoder.read);
      minBytes += decoder.minBytes;
    }
  }
  const readTagged = context.flexible ? compileTaggedFields(tagged) : undefined;
  return { read: structReader({ template, names, reads, readTagged }), minBytes };
}

interface StructPlan {
  readonly template: StructValue;
  readonly names: readonly string[];
  readonly reads: readonly Read[];
  readonly readTagged: ((reader: WireReader, value: StructValue) => void) | undefined;
}

function structReader({ template, names, reads, readTagged }: StructPlan): Read<StructValue> {
  return (reader) => {
    const value = { ...template };
    let index = 0;
    try {
      for (; index < reads.length; index++) value[names[index]!] = reads[index]!(reader);
    } catch (thrown) {
      throw CodecFault.within(thrown, names[index]!);
    }
    if (readTagged !== undefined) readTagged(reader, value);
    return value;
  };
}

function compileTaggedFields(
  known: ReadonlyMap<number, { readonly name: string; readonly read: Read }>,
): (reader: WireReader, value: StructValue) => void {
  return (reader, value) => {
    const count = reader.varint();
    if (count === 0) return;
    reader.checkCount(count, 2);
    const unknown: UnknownTaggedField[] = [];
    let previousTag = -1;
    for (let index = 0; index < count; index++) {
      const tag = reader.varint();
      if (tag <= previousTag) throw malformed(`tag ${tag} comes after tag ${previousTag}; tags ascend`);
      previousTag = tag;
      const sizeBytes = reader.varint();
      const field = known.get(tag);
      if (field === undefined) unknown.push({ tag, data: reader.view(sizeBytes) });
      else value[field.name] = readWithin(reader, sizeBytes, field);
    }
    if (unknown.length > 0) value.unknownTaggedFields = unknown;
  };
}

/** Reads a tagged field, which must fill its declared size exactly. */
function readWithin(
  reader: WireReader,
  sizeBytes: number,
  { name, read }: { readonly name: string; readonly read: Read },
): unknown {
  try {
    const outerEnd = reader.end;
    const end = reader.take(sizeBytes) + sizeBytes;
    reader.position = end - sizeBytes;
    reader.end = end;
    const value = read(reader);
    if (reader.position !== end)
      throw malformed(`${end - reader.position} bytes of the tagged field are left over`);
    reader.end = outerEnd;
    return value;
  } catch (thrown) {
    throw CodecFault.within(thrown, name);
  }
}

function compileField(field: AnyField, context: VersionContext): Decoder {
  const flexible =
    field.options.flexible === undefined
      ? context.flexible
      : includesVersion(field.options.flexible, context.version);
  const nullable = includesVersion(field.options.nullable, context.version);
  return compileType(field.type, { ...context, flexible }, { nullable, tagged: isTaggedIn(field, context) });
}

interface Presence {
  readonly nullable: boolean;
  readonly tagged: boolean;
}

function compileType(type: WireType, context: VersionContext, presence: Presence): Decoder {
  if (type.kind === 'array') return compileArray(type.element, context, presence);
  if (type.kind !== 'struct') return compilePrimitive(type.kind, context, presence);
  const decoder = compileStructDecoder(type.fields, context);
  if (!presence.nullable) return decoder;
  const isThere = presence.tagged
    ? (reader: WireReader) => reader.varint() !== 0
    : (reader: WireReader) => reader.int8() >= 0;
  return { read: (reader) => (isThere(reader) ? decoder.read(reader) : null), minBytes: 1 };
}

function compileArray(elementType: WireType, context: VersionContext, presence: Presence): Decoder {
  const element = compileType(elementType, context, { nullable: false, tagged: false });
  const readCount = context.flexible
    ? (reader: WireReader) => reader.compactLength()
    : (reader: WireReader) => reader.int32();
  const read: Read = (reader) => {
    const count = readCount(reader);
    if (count < 0) return nullOf(count, presence);
    reader.checkCount(count, element.minBytes);
    if (elementType.kind === 'int32') return reader.int32s(count);
    const elements: unknown[] = [];
    try {
      while (elements.length < count) elements.push(element.read(reader));
    } catch (thrown) {
      throw CodecFault.within(thrown, `[${elements.length}]`);
    }
    return elements;
  };
  return { read, minBytes: context.flexible ? 1 : 4 };
}

function nullOf(length: number, { nullable }: Presence): null {
  if (length !== -1) throw malformed(`the length ${length} is negative`);
  if (!nullable) throw malformed('is null, which it may not be in this version');
  return null;
}

const FIXED: Readonly<Partial<Record<PrimitiveType, Decoder>>> = {
  int8: { read: (reader) => reader.int8(), minBytes: 1 },
  int16: { read: (reader) => reader.int16(), minBytes: 2 },
  int32: { read: (reader) => reader.int32(), minBytes: 4 },
  int64: { read: (reader) => reader.int64(), minBytes: 8 },
  clampedInt64: { read: (reader) => reader.clampedInt64(), minBytes: 8 },
  bigint64: { read: (reader) => reader.bigint64(), minBytes: 8 },
  bool: { read: (reader) => reader.bool(), minBytes: 1 },
  uuid: { read: (reader) => reader.uuid(), minBytes: 16 },
};

function compilePrimitive(kind: PrimitiveType, { flexible }: VersionContext, presence: Presence): Decoder {
  const fixed = FIXED[kind];
  if (fixed !== undefined) return fixed;
  if (kind === 'string') {
    const read: Read = flexible
      ? (reader) => {
          const length = reader.compactLength();
          return length < 0 ? nullOf(length, presence) : reader.string(length);
        }
      : (reader) => {
          const length = reader.int16();
          return length < 0 ? nullOf(length, presence) : reader.string(length);
        };
    return { read, minBytes: flexible ? 1 : 2 };
  }
  const read: Read = flexible
    ? (reader) => {
        const length = reader.compactLength();
        return length < 0 ? nullOf(length, presence) : reader.view(length);
      }
    : (reader) => {
        const length = reader.int32();
        return length < 0 ? nullOf(length, presence) : reader.view(length);
      };
  return { read, minBytes: flexible ? 1 : 4 };
}
