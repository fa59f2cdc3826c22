/**
 * The `--format` of `tidelog consume`, in kcat's words:
 *
 *   %t topic   %p partition   %o offset   %T timestamp in milliseconds
 *   %k key     %K key length (−1 when null)
 *   %s %v value   %S %V value length (−1 when null)   %h headers as a=1,b=2   %% a percent sign
 *
 * and the escapes \n \t \r \0 \xNN. A format compiles once into a list of parts; writing a record copies its
 * bytes into one growing buffer, so keys and values keep every byte that they have, valid UTF-8 or not.
 */
import { InvalidArgumentError } from 'commander';
import { isUtf8 } from 'node:buffer';
import { replaceEscapes } from './option-parsers.ts';

/** What a format reads of a record; the client's consumer records fit. */
export interface FormattedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[];
}

/** Bytes that gather in memory until they are taken out to be written. */
export class ByteSink {
  #bytes: Buffer;
  #length = 0;

  constructor(initialBytes = 256 * 1024) {
    this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
  }

  get length(): number {
    return this.#length;
  }

  bytes(source: Uint8Array): void {
    this.#reserve(source.length);
    this.#bytes.set(source, this.#length);
    this.#length += source.length;
  }

  text(source: string): void {
    this.#reserve(source.length * 3);
    this.#length += this.#bytes.write(source, this.#length, 'utf8');
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** All that was gathered, as memory of its own; the sink is empty afterwards. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #reserve(sizeBytes: number): void {
    if (this.#length + sizeBytes <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + sizeBytes));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

export type RecordWriter = (sink: ByteSink, record: FormattedRecord) => void;

const NEWLINE = 0x0a;

/** The format without `--format`: the value's bytes and a newline; a null value is an empty line. */
export const writeValueLine: RecordWriter = (sink, record) => {
  if (record.value !== null) sink.bytes(record.value);
  sink.byte(NEWLINE);
};

const FIELDS: Record<string, RecordWriter> = {
  t: (sink, record) => sink.text(record.topic),
  p: (sink, record) => sink.text(String(record.partition)),
  o: (sink, record) => sink.text(String(record.offset)),
  T: (sink, record) => sink.text(String(record.timestampMs)),
  k: (sink, record) => record.key !== null && sink.bytes(record.key),
  K: (sink, record) => sink.text(String(record.key?.length ?? -1)),
  v: (sink, record) => record.value !== null && sink.bytes(record.value),
  V: (sink, record) => sink.text(String(record.value?.length ?? -1)),
  h: (sink, record) => {
    record.headers.forEach((header, index) => {
      if (index > 0) sink.text(',');
      sink.text(`${header.key}=`);
      if (header.value !== null) sink.bytes(header.value);
    });
  },
};
FIELDS['s'] = FIELDS['v'] as RecordWriter;
FIELDS['S'] = FIELDS['V'] as RecordWriter;

/** Compiles a format. Throws InvalidArgumentError (exit code 2) that names an unknown field. */
export function recordFormat(format: string): RecordWriter {
  const parts: RecordWriter[] = [];
  const literal = (text: string): void => {
    const bytes = Buffer.from(text, 'latin1');
    if (bytes.length > 0) parts.push((sink) => sink.bytes(bytes));
  };
  let rest = replaceEscapes(format);
  for (let at = rest.indexOf('%'); at >= 0; at = rest.indexOf('%')) {
    const name = rest[at + 1] ?? '';
    if (name === '%') {
      literal(rest.slice(0, at + 1));
    } else {
      const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
      if (field === undefined) {
        throw new InvalidArgumentError(
          `%${name} is not a field; there are %t %p %o %T %k %K %v %V %h and %%.`,
        );
      }
      literal(rest.slice(0, at));
      parts.push(field);
    }
    rest = rest.slice(at + 2);
  }
  literal(rest);
  return (sink, record) => {
    for (const part of parts) part(sink, record);
  };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** True for bytes that are a JSON string as they are: printable ASCII with nothing to escape. */
function isPlain(bytes: Buffer): boolean {
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    if (byte < 0x20 || byte > 0x7e || byte === QUOTE || byte === BACKSLASH) return false;
  }
  return true;
}

/** A field of a JSON line: text under `name`, or base64 under `nameBase64` when the bytes are not UTF-8. */
function jsonField(name: string, bytes: Buffer | null): string {
  if (bytes === null) return `"${name}":null`;
  if (isPlain(bytes)) return `"${name}":"${bytes.toString('latin1')}"`;
  if (isUtf8(bytes)) return `"${name}":${JSON.stringify(bytes.toString('utf8'))}`;
  return `"${name}Base64":"${bytes.toString('base64')}"`;
}

/** The format of `--json`: one object per line. */
export const writeJsonLine: RecordWriter = (sink, record) => {
  const { topic, partition, offset, timestampMs } = record;
  const headers = record.headers.map(
    ({ key, value }) => `{"key":${JSON.stringify(key)},${jsonField('value', value)}}`,
  );
  sink.text(
    `{"topic":${JSON.stringify(topic)},"partition":${partition},"offset":${offset},"timestampMs":${timestampMs},` +
      `${jsonField('key', record.key)},${jsonField('value', record.value)},"headers":[${headers.join(',')}]}\n`,
  );
};
