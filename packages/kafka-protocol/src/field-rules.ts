/**
 * What both halves of the interpreter ask about a field: its default, and whether it is tagged.
 *
 * Defaults are made once per field and frozen: decoded messages share them.
 */
import type { AnyField, Fields, WireType } from './schema.ts';
import { ZERO_UUID } from './uuid.ts';
import { includesVersion } from './version-range.ts';

const NO_BYTES: Buffer = Buffer.alloc(0);
const NO_ELEMENTS: readonly unknown[] = Object.freeze([]);

/** Is the field written as a tagged one in this version? */
export function isTaggedIn(
  field: AnyField,
  { version, flexible }: { version: number; flexible: boolean },
): boolean {
  if (!flexible || field.options.tag === undefined) return false;
  return includesVersion(field.options.tagged ?? field.versions, version);
}

/** The value of a field in versions that lack it; shared, not to be changed. */
export function takeDefault(field: AnyField): unknown {
  return field.options.default === undefined ? defaultOfType(field.type) : field.options.default;
}

function defaultOfType(type: WireType): unknown {
  switch (type.kind) {
    case 'array':
      return NO_ELEMENTS;
    case 'struct':
      return defaultOfFields(type.fields);
    case 'string':
      return '';
    case 'uuid':
      return ZERO_UUID;
    case 'bool':
      return false;
    case 'bigint64':
      return 0n;
    case 'bytes':
    case 'records':
      return NO_BYTES;
    default:
      return 0;
  }
}

function defaultOfFields(fields: Fields): unknown {
  const entries = Object.entries(fields).map(([name, field]) => [name, takeDefault(field)] as const);
  return Object.freeze(Object.fromEntries(entries));
}

/** Is the value the default of its field? A field that is left out counts as its default. */
export function isDefault(field: AnyField, value: unknown): boolean {
  return value === undefined || equalsDefault(field.type, value, takeDefault(field));
}

function equalsDefault(type: WireType, value: unknown, expected: unknown): boolean {
  if (value === expected) return true;
  if (value === null || expected === null || typeof value !== 'object') return false;
  if (type.kind === 'struct') {
    const struct = value as Readonly<Record<string, unknown>>;
    if (Array.isArray(struct.unknownTaggedFields) && struct.unknownTaggedFields.length > 0) return false;
    return Object.entries(type.fields).every(([name, field]) => isDefault(field, struct[name]));
  }
  // Arrays and bytes: their defaults are empty.
  return (value as { readonly length?: number }).length === 0;
}
