/**
 * Messages by themselves: bytes to values and back, for one definition in all its versions. Readers and writers of
 * a version are compiled when it is first used, and kept.
 *
 * Some messages (the records of `__consumer_offsets`, what consumers embed into JoinGroup) are stored with their
 * version in front, an int16: `encodeVersioned` and `decodeVersioned`.
 */
import { TidelogError } from '@tidelog/record/errors';
import { CodecFault, malformed } from './codec-fault.ts';
import { compileStructDecoder } from './compile-decoder.ts';
import { compileStructEncoder } from './compile-encoder.ts';
import type { Fields, InputOfFields, MessageDefinition, ValueOfFields } from './schema.ts';
import { includesVersion, parseVersions } from './version-range.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

/** More array elements than this in one message, nested ones included, are refused. */
export const MAX_ELEMENTS_PER_MESSAGE = 1_000_000;

export interface DecodeOptions {
  /** More array elements, in all arrays of the message together, are refused. Default: 1,000,000. */
  readonly maxElements?: number;
  /** Accept bytes behind the message instead of refusing them. Default: false. */
  readonly allowTrailingBytes?: boolean;
}

/** A value together with the version in which it was stored. */
export interface VersionedValue<Value> {
  readonly version: number;
  readonly value: Value;
}

/** Reads and writes one message in all its versions. */
export class MessageCodec<F extends Fields> {
  readonly definition: MessageDefinition<F>;
  /** The lowest version that there is. */
  readonly minVersion: number;
  /** The highest version that there is. */
  readonly maxVersion: number;
  readonly #readers = new Map<number, (reader: WireReader) => unknown>();
  readonly #writers = new Map<number, (writer: WireWriter, value: unknown) => void>();

  constructor(definition: MessageDefinition<F>) {
    const { min, max } = parseVersions(definition.versions);
    this.definition = definition;
    this.minVersion = min;
    this.maxVersion = max;
  }

  /** Does the version have compact lengths and tagged fields (KIP-482)? */
  isFlexible(version: number): boolean {
    return includesVersion(this.definition.flexible, version);
  }

  /**
   * The message as one buffer, without its version.
   *
   * @throws UNSUPPORTED_VERSION when there is no such version, or when it cannot express the value
   * @throws INVALID_ARGUMENT for a value that its field cannot hold
   */
  encode(version: number, value: InputOfFields<F>): Buffer {
    const writer = new WireWriter();
    this.write(writer, version, value);
    return joined(writer.finish());
  }

  /**
   * The value of a message whose version is known.
   *
   * @throws UNSUPPORTED_VERSION when there is no such version
   * @throws MALFORMED_FRAME for bytes that are no such message
   */
  decode(version: number, bytes: Buffer, options: DecodeOptions = {}): ValueOfFields<F> {
    const reader = new WireReader(bytes, options.maxElements ?? MAX_ELEMENTS_PER_MESSAGE);
    return this.read(reader, version, options);
  }

  /** The version as an int16, and the message behind it. Throws as `encode` does. */
  encodeVersioned(version: number, value: InputOfFields<F>): Buffer {
    const writer = new WireWriter();
    writer.int16(version);
    this.write(writer, version, value);
    return joined(writer.finish());
  }

  /** The value of a message that begins with its version. Throws as `decode` does. */
  decodeVersioned(bytes: Buffer, options: DecodeOptions = {}): VersionedValue<ValueOfFields<F>> {
    const version = leadingVersion(bytes, this.definition.name);
    return { version, value: this.decode(version, bytes.subarray(2), options) };
  }

  /** Decodes at the reader's position; the reader's end is the message's, unless trailing bytes are allowed. */
  read(reader: WireReader, version: number, options: DecodeOptions = {}): ValueOfFields<F> {
    let read = this.#readers.get(version);
    if (read === undefined) {
      read = compileStructDecoder(this.definition.fields, this.#context(version)).read;
      this.#readers.set(version, read);
    }
    try {
      const value = read(reader);
      if (reader.remaining > 0 && options.allowTrailingBytes !== true) {
        throw malformed(`${reader.remaining} bytes are left over`);
      }
      return value as ValueOfFields<F>;
    } catch (thrown) {
      throw CodecFault.outside(thrown, `${this.definition.name} v${version}`);
    }
  }

  /** Encodes at the writer's position. */
  write(writer: WireWriter, version: number, value: InputOfFields<F>): void {
    let write = this.#writers.get(version);
    if (write === undefined) {
      write = compileStructEncoder(this.definition.fields, this.#context(version));
      this.#writers.set(version, write);
    }
    try {
      write(writer, value);
    } catch (thrown) {
      throw CodecFault.outside(thrown, `${this.definition.name} v${version}`);
    }
  }

  #context(version: number): { version: number; flexible: boolean } {
    if (!includesVersion(this.definition.versions, version)) {
      throw new TidelogError(
        'UNSUPPORTED_VERSION',
        `${this.definition.name} has no version ${version} (${this.definition.versions})`,
      );
    }
    return { version, flexible: this.isFlexible(version) };
  }
}

/** The codec of a message. Make it once and keep it: it keeps what it compiles. */
export function messageCodec<F extends Fields>(definition: MessageDefinition<F>): MessageCodec<F> {
  return new MessageCodec(definition);
}

/**
 * The int16 with which a versioned message begins.
 *
 * @throws MALFORMED_FRAME when there are fewer than two bytes
 */
export function leadingVersion(bytes: Buffer, name: string): number {
  if (bytes.length < 2) {
    throw new TidelogError('MALFORMED_FRAME', `${name}: ${bytes.length} bytes, too few for a version`);
  }
  return bytes.readInt16BE(0);
}

function joined(pieces: readonly Buffer[]): Buffer {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}
