/**
 * The other half of the interpreter: a definition and a version become a function that writes.
 *
 * Invariants: a field that is left out is written as its default. A value that the version cannot express is
 * refused (UNSUPPORTED_VERSION) unless its field is ignorable or the value is the default, so that nothing is lost
 * in silence. Tagged fields are written in ascending order of their tags, and only when they differ from their
 * default; unknown ones are written as they came.
 */
import { CodecFault, unencodable } from './codec-fault.ts';
import type { VersionContext } from './compile-decoder.ts';
import { isDefault, isTaggedIn, takeDefault } from './field-rules.ts';
import type { AnyField, Fields, PrimitiveType, UnknownTaggedField, WireType } from './schema.ts';
import { includesVersion } from './version-range.ts';
import { WireWriter } from './wire-writer.ts';

type Write = (writer: WireWriter, value: unknown) => void;
type StructInput = Readonly<Record<string, unknown>>;

interface PlannedField {
  readonly name: string;
  readonly field: AnyField;
  readonly fallback: unknown;
  readonly write: Write;
}

/** Enough for the tagged fields that exist; larger ones allocate. */
const TAGGED_FIELD_BYTES = 128;

/** Compiles the writer of a struct, tagged fields included. */
export function compileStructEncoder(fields: Fields, context: VersionContext): Write {
  const written: PlannedField[] = [];
  const tagged: PlannedField[] = [];
  const inexpressible: PlannedField[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const fallback = takeDefault(field);
    if (!includesVersion(field.versions, context.version)) {
      if (field.options.ignorable !== true)
        inexpressible.push({ name, field, fallback, write: refuse(context) });
      continue;
    }
    const write = compileField(field, context);
    (isTaggedIn(field, context) ? tagged : written).push({ name, field, fallback, write });
  }
  tagged.sort((left, right) => tagOf(left) - tagOf(right));
  const writeTagged = context.flexible ? compileTaggedFields(tagged) : refuseTagged;
  return (writer, input) => {
    if (typeof input !== 'object' || input === null)
      throw unencodable(`is ${String(input)}, an object is needed`);
    const struct = input as StructInput;
    let index = 0;
    let planned = inexpressible;
    try {
      for (; index < inexpressible.length; index++) {
        const { name, field, write } = inexpressible[index]!;
        if (struct[name] !== undefined && !isDefault(field, struct[name])) write(writer, struct[name]);
      }
      planned = written;
      for (index = 0; index < written.length; index++) {
        const { name, fallback, write } = written[index]!;
        const value = struct[name];
        write(writer, value === undefined ? fallback : value);
      }
    } catch (thrown) {
      throw CodecFault.within(thrown, planned[index]!.name);
    }
    writeTagged(writer, struct);
  };
}

const NO_TAGS: readonly never[] = [];
const tagOf = ({ field }: PlannedField): number => field.options.tag as number;

function refuse({ version }: VersionContext): Write {
  return () => {
    throw new CodecFault(
      'UNSUPPORTED_VERSION',
      `version ${version} has no such field, and it may not be dropped`,
    );
  };
}

function refuseTagged(_writer: WireWriter, { unknownTaggedFields }: StructInput): void {
  if (Array.isArray(unknownTaggedFields) && unknownTaggedFields.length > 0) {
    throw new CodecFault('UNSUPPORTED_VERSION', 'this version has no tagged fields');
  }
}

function compileTaggedFields(
  known: readonly PlannedField[],
): (writer: WireWriter, struct: StructInput) => void {
  return (writer, struct) => {
    const unknown = (struct.unknownTaggedFields ?? NO_TAGS) as readonly UnknownTaggedField[];
    const present =
      known.length === 0 ? NO_TAGS : known.filter(({ name, field }) => !isDefault(field, struct[name]));
    if (present.length === 0 && unknown.length === 0) return writer.varint(0);
    const all = [
      ...present.map((planned) => ({
        tag: tagOf(planned),
        write: () => writeSized(writer, planned, struct),
      })),
      ...unknown.map(({ tag, data }) => ({ tag, write: () => writeUnknown(writer, data) })),
    ].sort((left, right) => left.tag - right.tag);
    writer.varint(all.length);
    let previousTag = -1;
    for (const { tag, write } of all) {
      if (tag === previousTag) throw unencodable(`tag ${tag} is given twice`);
      previousTag = tag;
      writer.varint(tag);
      write();
    }
  };
}

function writeSized(writer: WireWriter, { name, write }: PlannedField, struct: StructInput): void {
  const content = new WireWriter(TAGGED_FIELD_BYTES);
  try {
    write(content, struct[name]);
  } catch (thrown) {
    throw CodecFault.within(thrown, name);
  }
  writer.varint(content.sizeBytes);
  for (const piece of content.finish()) writer.raw(piece);
}

function writeUnknown(writer: WireWriter, data: Uint8Array): void {
  writer.varint(data.length);
  writer.raw(data);
}

function compileField(field: AnyField, context: VersionContext): Write {
  const flexible =
    field.options.flexible === undefined
      ? context.flexible
      : includesVersion(field.options.flexible, context.version);
  const write = compileType(field.type, { ...context, flexible });
  const writeNull = includesVersion(field.options.nullable, context.version)
    ? compileNull(field.type, { flexible, tagged: isTaggedIn(field, context) })
    : refuseNull;
  const marksPresence = field.type.kind === 'struct' && writeNull !== refuseNull;
  return (writer, value) => {
    if (value === null) return writeNull(writer);
    if (marksPresence) writer.int8(1);
    write(writer, value);
  };
}

function refuseNull(): void {
  throw unencodable('is null, which it may not be in this version');
}

function compileNull(
  type: WireType,
  { flexible, tagged }: { readonly flexible: boolean; readonly tagged: boolean },
): (writer: WireWriter) => void {
  if (type.kind === 'struct') return (writer) => writer.int8(tagged ? 0 : -1);
  if (flexible) return (writer) => writer.varint(0);
  return type.kind === 'string' ? (writer) => writer.int16(-1) : (writer) => writer.int32(-1);
}

function compileType(type: WireType, context: VersionContext): Write {
  if (type.kind === 'struct') return compileStructEncoder(type.fields, context);
  if (type.kind === 'array') return compileArray(type.element, context);
  return PRIMITIVES[type.kind](context.flexible);
}

function compileArray(elementType: WireType, context: VersionContext): Write {
  const write = compileType(elementType, context);
  return (writer, value) => {
    if (!Array.isArray(value)) throw unencodable(`is ${typeof value}, an array is needed`);
    const elements = value as readonly unknown[];
    if (context.flexible) writer.varint(elements.length + 1);
    else writer.int32(elements.length);
    let index = 0;
    try {
      for (; index < elements.length; index++) write(writer, elements[index]);
    } catch (thrown) {
      throw CodecFault.within(thrown, `[${index}]`);
    }
  };
}

const COMPACT = { compact: true };
const NOT_COMPACT = { compact: false };

function writeString(flexible: boolean): Write {
  const form = flexible ? COMPACT : NOT_COMPACT;
  return (writer, value) => {
    if (typeof value !== 'string') throw unencodable(`is ${typeof value}, a string is needed`);
    writer.string(value, form);
  };
}

function writeBytes(flexible: boolean): Write {
  return (writer, value) => {
    const parts = rangesOf(value);
    let lengthBytes = 0;
    for (const part of parts) lengthBytes += part.length;
    if (flexible) writer.varint(lengthBytes + 1);
    else writer.int32(lengthBytes);
    for (const part of parts) writer.raw(part);
  };
}

function rangesOf(value: unknown): readonly Uint8Array[] {
  if (value instanceof Uint8Array) return [value];
  if (Array.isArray(value) && value.every((part) => part instanceof Uint8Array)) return value;
  throw unencodable(`is ${typeof value}, bytes (or an array of bytes) are needed`);
}

const PRIMITIVES: Readonly<Record<PrimitiveType, (flexible: boolean) => Write>> = {
  int8: () => (writer, value) => writer.int8(value as number),
  int16: () => (writer, value) => writer.int16(value as number),
  int32: () => (writer, value) => writer.int32(value as number),
  int64: () => (writer, value) => writer.int64(value as number),
  clampedInt64: () => (writer, value) => writer.int64(value as number),
  bigint64: () => (writer, value) => {
    if (typeof value !== 'bigint') throw unencodable(`is ${typeof value}, a bigint is needed`);
    writer.bigint64(value);
  },
  bool: () => (writer, value) => {
    if (typeof value !== 'boolean') throw unencodable(`is ${typeof value}, a boolean is needed`);
    writer.bool(value);
  },
  uuid: () => (writer, value) => writer.uuid(value as string),
  string: writeString,
  bytes: writeBytes,
  records: writeBytes,
};
