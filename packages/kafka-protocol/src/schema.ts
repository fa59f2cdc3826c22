/**
 * The language in which messages are defined: a message is a name, the versions it has, the versions that are
 * flexible (KIP-482), and fields in the order of the wire; each field says in which versions it exists. One
 * definition gives the bytes of all versions (`compile-decoder.ts`, `compile-encoder.ts`) and the TypeScript types
 * of what is decoded (`ValueOf`) and of what may be given to be encoded (`InputOf`).
 *
 * Field names are Kafka's with a small first letter. Types:
 *
 *     int8 int16 int32   number                          int64    number within ±(2^53 − 1)
 *     bigint64           bigint, for hashes              bool     boolean
 *     string             string                          uuid     string of 22 characters (base64url)
 *     clampedInt64       number, cut to ±(2^53 − 1)
 *     bytes, records     Buffer, a view of the input     struct, array of structs or primitives
 *
 * A value that a version cannot express is refused unless its field is ignorable. Requests are as strict as Kafka's
 * definitions. In responses what merely informs (leader epochs, authorized operations, addresses) is ignorable here
 * also where Kafka's are not, so that a broker fills in an answer once for all versions.
 *
 * Invariants: the default of a field is what it decodes to in versions that do not have it; without a `default`
 * it is Kafka's: zero, false, the empty string, no bytes, the zero uuid, an empty array, a struct of defaults.
 */
import type { Uuid } from './uuid.ts';
import type { Versions } from './version-range.ts';

/** A tagged field that the definition does not know, kept so that the message can be encoded as it came. */
export interface UnknownTaggedField {
  /** The number of the tag. */
  readonly tag: number;
  /** Its contents, a view of the input. */
  readonly data: Uint8Array;
}

/** What every decoded struct may carry beside its fields, in flexible versions. */
export interface TaggedFields {
  /** In ascending order of their tags; absent when there are none. */
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export type PrimitiveType =
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'clampedInt64'
  | 'bigint64'
  | 'bool'
  | 'string'
  | 'uuid'
  | 'bytes'
  | 'records';

export type Fields = Readonly<Record<string, AnyField>>;

/** How a field looks on the wire. */
export type WireType =
  | { readonly kind: PrimitiveType }
  | { readonly kind: 'array'; readonly element: WireType }
  | { readonly kind: 'struct'; readonly fields: Fields };

/** What a field may say beside its type and versions. */
export interface FieldOptions<Default> {
  /** The value in versions that lack the field, and of an input that leaves it out. */
  readonly default?: Default | null;
  /** The versions in which the field may be null. */
  readonly nullable?: Versions;
  /** A value other than the default may be dropped when a version without the field is encoded. */
  readonly ignorable?: true;
  /** The number of the tag; the field is then written only when it differs from its default (KIP-482). */
  readonly tag?: number;
  /** The versions in which the field is tagged; all of its versions unless given. */
  readonly tagged?: Versions;
  /** The versions in which the field has the flexible form; those of its message unless given. */
  readonly flexible?: Versions;
}

/** A field of type-level value `Out`, of input `In`; `Optional`: an input may leave it out. */
export interface Field<Out, In, Optional extends boolean> {
  readonly type: WireType;
  readonly versions: Versions;
  readonly options: FieldOptions<unknown>;
  /** Types only; never set. */
  readonly phantom?: { readonly out: Out; readonly in: In; readonly optional: Optional };
}

export type AnyField = Field<unknown, unknown, boolean>;

type Phantom<F> = F extends { readonly phantom?: infer P } ? NonNullable<P> : never;
type OutOf<F> = Phantom<F> extends { readonly out: infer Out } ? Out : never;
type InOf<F> = Phantom<F> extends { readonly in: infer In } ? In : never;
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: Phantom<F[K]> extends { readonly optional: true } ? K : never;
}[keyof F];

/** The decoded form of fields: every field is there, with its default in versions that lack it. */
export type ValueOfFields<F extends Fields> = { readonly [K in keyof F]: OutOf<F[K]> } & TaggedFields;
/** The form accepted for encoding: fields that have a default, are ignorable or tagged may be left out. */
export type InputOfFields<F extends Fields> = {
  readonly [K in Exclude<keyof F, OptionalKeys<F>>]: InOf<F[K]>;
} & { readonly [K in OptionalKeys<F>]?: InOf<F[K]> | undefined } & TaggedFields;

/** A message in all its versions. */
export interface MessageDefinition<F extends Fields = Fields> {
  readonly name: string;
  readonly versions: Versions;
  readonly flexible: Versions;
  readonly fields: F;
}

/** What a message decodes to. */
export type ValueOf<M> = M extends MessageDefinition<infer F> ? ValueOfFields<F> : never;
/** What may be encoded as a message. */
export type InputOf<M> = M extends MessageDefinition<infer F> ? InputOfFields<F> : never;

/** Bytes to be encoded: one range, or several that are written one after the other. */
export type BytesInput = Uint8Array | readonly Uint8Array[];

type None = Readonly<Record<never, never>>;
type OrNull<Value, O> = O extends { readonly nullable: Versions } ? Value | null : Value;
type IsOptional<O> = O extends
  { readonly default: unknown } | { readonly ignorable: true } | { readonly tag: number }
  ? true
  : false;
type FieldOf<Out, In, O> = Field<OrNull<Out, O>, OrNull<In, O>, IsOptional<O>>;

const primitive =
  <Out, In, Default = Out>(kind: PrimitiveType) =>
  <const O extends FieldOptions<Default> = None>(versions: Versions, options?: O): FieldOf<Out, In, O> => ({
    type: { kind },
    versions,
    options: options ?? {},
  });
const arrayOf =
  <Element>(kind: PrimitiveType) =>
  <const O extends FieldOptions<readonly Element[]> = None>(
    versions: Versions,
    options?: O,
  ): FieldOf<readonly Element[], readonly Element[], O> => ({
    type: { kind: 'array', element: { kind } },
    versions,
    options: options ?? {},
  });

export const int8 = primitive<number, number>('int8');
export const int16 = primitive<number, number>('int16');
export const int32 = primitive<number, number>('int32');
/** A 64-bit integer that fits a `number`; beyond ±(2^53 − 1) it is refused when decoded. */
export const int64 = primitive<number, number>('int64');
/**
 * A 64-bit integer that is cut to ±(2^53 − 1) when decoded: for places in a log that a client only asks about, where
 * the largest int64 means no more than "beyond everything".
 */
export const clampedInt64 = primitive<number, number>('clampedInt64');
/** A 64-bit integer that uses all its bits, such as a hash. */
export const bigint64 = primitive<bigint, bigint>('bigint64');
export const bool = primitive<boolean, boolean>('bool');
export const string = primitive<string, string>('string');
export const uuid = primitive<Uuid, Uuid>('uuid');
export const bytes = primitive<Buffer, BytesInput>('bytes');
/** Record batches; decoded as a view, encoded by reference. */
export const records = primitive<Buffer, BytesInput>('records');
export const int8Array = arrayOf<number>('int8');
export const int32Array = arrayOf<number>('int32');
export const int64Array = arrayOf<number>('int64');
export const stringArray = arrayOf<string>('string');
export const uuidArray = arrayOf<Uuid>('uuid');

/** An array of structs. */
export function array<const F extends Fields, const O extends FieldOptions<readonly []> = None>(
  versions: Versions,
  fields: F,
  options?: O,
): FieldOf<readonly ValueOfFields<F>[], readonly InputOfFields<F>[], O> {
  const type: WireType = { kind: 'array', element: { kind: 'struct', fields } };
  return { type, versions, options: options ?? {} };
}

/** A struct; a nullable one is preceded by a byte that says whether it is there (KIP-893). */
export function struct<const F extends Fields, const O extends FieldOptions<null> = None>(
  versions: Versions,
  fields: F,
  options?: O,
): FieldOf<ValueOfFields<F>, InputOfFields<F>, O> {
  return { type: { kind: 'struct', fields }, versions, options: options ?? {} };
}

/** A message: its versions, and which of them are flexible. */
export function message<const F extends Fields>(
  name: string,
  versions: { readonly versions: Versions; readonly flexible: Versions },
  fields: F,
): MessageDefinition<F> {
  return { name, versions: versions.versions, flexible: versions.flexible, fields };
}
