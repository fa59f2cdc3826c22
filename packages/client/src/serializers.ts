/**
 * From a program's values to the bytes of records and back.
 *
 * Without a serializer a key or value is a string (sent as UTF-8), a Uint8Array or null; without a deserializer
 * it comes out as a Buffer. null stays null on both ways (a tombstone) and never reaches a serializer.
 */
import { TidelogError } from '@tidelog/record/errors';

/** What a serializer is told about the bytes. */
export interface SerializerContext {
  readonly topic: string;
  /** True for the record's key, false for its value. */
  readonly isKey: boolean;
}

export interface Serializer<T> {
  /**
   * The bytes of a value, or null for a tombstone. The array must not change afterwards. Whatever it throws
   * reaches the caller as SERIALIZATION_FAILED with the thrown value as `cause`.
   */
  serialize(value: T, context: SerializerContext): Uint8Array | null;
}

export interface Deserializer<T> {
  /**
   * The value of the bytes. `bytes` is a view that may be kept. Whatever it throws reaches the consumer's loop
   * as SERIALIZATION_FAILED with topic, partition and offset.
   */
  deserialize(bytes: Buffer, context: SerializerContext): T;
}

/** Both directions in one object, as `string()` and `json()` give it. */
export interface Serde<T> extends Serializer<T>, Deserializer<T> {}

/** What goes in where no serializer is given. */
export type Bytes = string | Uint8Array;

/** UTF-8 text. Bytes that are not UTF-8 come out with replacement characters. */
export function string(): Serde<string> {
  return {
    serialize: (value) => Buffer.from(requireType(value, 'string'), 'utf8'),
    deserialize: (bytes) => bytes.toString('utf8'),
  };
}

/** JSON in UTF-8. The type parameter is the program's word: nothing checks that the bytes have this shape. */
export function json<T = unknown>(): Serde<T> {
  return {
    serialize(value) {
      const text = JSON.stringify(value) as string | undefined;
      if (text === undefined) throw new TypeError(`JSON has no form for ${typeof value}`);
      return Buffer.from(text, 'utf8');
    },
    deserialize: (bytes) => JSON.parse(bytes.toString('utf8')) as T,
  };
}

/** Bytes as they are. */
export function buffer(): Serde<Uint8Array> & Deserializer<Buffer> {
  return {
    serialize(value) {
      if (!(value instanceof Uint8Array)) throw new TypeError(`expected a Uint8Array, got ${typeof value}`);
      return value;
    },
    deserialize: (bytes) => bytes,
  };
}

/** A double of 8 bytes, big-endian, as Kafka's DoubleSerializer. */
export function number(): Serde<number> {
  return {
    serialize(value) {
      const bytes = Buffer.allocUnsafe(8);
      bytes.writeDoubleBE(requireType(value, 'number'), 0);
      return bytes;
    },
    deserialize(bytes) {
      if (bytes.length !== 8) throw new TypeError(`a number has 8 bytes, got ${bytes.length}`);
      return bytes.readDoubleBE(0);
    },
  };
}

function requireType<T extends string | number>(value: T, type: 'string' | 'number'): T {
  if (typeof value !== type) throw new TypeError(`expected a ${type}, got ${typeof value}`);
  return value;
}

/** True for an object with a `serialize` function; for option tables. */
export function isSerializer(value: unknown): boolean {
  return hasMethod(value, 'serialize');
}

/** True for an object with a `deserialize` function; for option tables. */
export function isDeserializer(value: unknown): boolean {
  return hasMethod(value, 'deserialize');
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}

/**
 * The bytes of a key or value that is not null: by the serializer, or as it is.
 *
 * @throws INVALID_ARGUMENT without a serializer for anything but string and Uint8Array; SERIALIZATION_FAILED
 *   when the serializer throws or returns something else than a Uint8Array or null
 */
export function serializeValue<T>(
  serializer: Serializer<T> | undefined,
  value: T,
  context: SerializerContext,
): Bytes | null {
  if (serializer === undefined) {
    if (typeof value === 'string' || value instanceof Uint8Array) return value;
    throw new TidelogError('INVALID_ARGUMENT', noSerializerMessage(value, context), { topic: context.topic });
  }
  let bytes: unknown;
  try {
    bytes = serializer.serialize(value, context);
  } catch (cause) {
    throw serializationFailed(`the ${nameOf(context)} serializer threw`, context, { cause });
  }
  if (bytes === null || bytes instanceof Uint8Array) return bytes;
  throw serializationFailed(
    `the ${nameOf(context)} serializer returned ${describe(bytes)}; it must return a Uint8Array or null`,
    context,
  );
}

/** The value of bytes that are not null. Throws SERIALIZATION_FAILED with the place of the record. */
export function deserializeValue<T>(
  deserializer: Deserializer<T>,
  bytes: Buffer,
  context: SerializerContext,
  place: { readonly partition: number; readonly offset: number },
): T {
  try {
    return deserializer.deserialize(bytes, context);
  } catch (cause) {
    const where = `partition ${place.partition} at offset ${place.offset}`;
    throw serializationFailed(`the ${nameOf(context)} deserializer threw in ${where}`, context, {
      cause,
      ...place,
    });
  }
}

function nameOf(context: SerializerContext): 'key' | 'value' {
  return context.isKey ? 'key' : 'value';
}

function noSerializerMessage(value: unknown, context: SerializerContext): string {
  const name = nameOf(context);
  if (value === undefined) {
    return `a message for topic ${JSON.stringify(context.topic)} has no ${name}; give one, or null for a tombstone`;
  }
  return (
    `the ${name} of a message for topic ${JSON.stringify(context.topic)} is ${describe(value)}; without a serializer ` +
    `it must be a string, a Uint8Array or null: pass one in the producer option "${name}", such as ${name}: json()`
  );
}

function serializationFailed(
  what: string,
  context: SerializerContext,
  options: { cause?: unknown; partition?: number; offset?: number } = {},
): TidelogError {
  const reason = options.cause === undefined ? '' : `: ${describeThrown(options.cause)}`;
  return new TidelogError(
    'SERIALIZATION_FAILED',
    `${what} for topic ${JSON.stringify(context.topic)}${reason}`,
    {
      topic: context.topic,
      ...options,
    },
  );
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  if (typeof value === 'object') return `an object (${value.constructor.name || 'without a class'})`;
  return `a ${typeof value}`;
}

function describeThrown(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
