/**
 * The records behind the golden bytes in testdata: what real Kafka clients were given when the bytes were recorded,
 * and what a reader must find in them. scripts/record-golden.ts and golden.test.ts share this file.
 */

/** A record before encoding and after decoding. Header order counts; a key may repeat. */
export interface GoldenRecord {
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [key: string, value: Buffer | null])[];
}

const FIRST_TIMESTAMP_MS = 1_700_000_000_000;

function record(
  timestampDeltaMs: number,
  key: string | null,
  value: string | Buffer | null,
  headers: readonly (readonly [string, string | null])[] = [],
): GoldenRecord {
  const bytes = (data: string | Buffer | null): Buffer | null =>
    typeof data === 'string' ? Buffer.from(data) : data;
  return {
    timestampMs: FIRST_TIMESTAMP_MS + timestampDeltaMs,
    key: bytes(key),
    value: bytes(value),
    headers: headers.map(([name, data]) => [name, bytes(data)] as const),
  };
}

/** Every shape that a record takes: null and empty fields, text beyond ASCII, time going back, headers. */
const mixed: readonly GoldenRecord[] = [
  record(0, 'banana', 'first'),
  record(1, null, 'no key'),
  record(-500, 'tombstone', null),
  record(70, '', ''),
  record(100_000, 'ключ', 'значение – 値 🍌', [['trace-id', 'abc']]),
  record(100_000, 'headers', 'several', [
    ['a', '1'],
    ['a', '2'],
    ['b', ''],
    ['ü', 'x'.repeat(70)],
  ]),
  record(5_000_000_000, 'late', Buffer.from([0, 255, 128, 127, 10, 13])),
  record(7, 'size-63', 'x'.repeat(63)),
  record(8, 'size-64', 'x'.repeat(64)),
  record(9, 'size-9000', 'y'.repeat(9000)),
];

/** A header without a value, which not every client can write. */
const nullHeader: readonly GoldenRecord[] = [
  record(0, 'k', 'v', [
    ['present', 'yes'],
    ['absent', null],
  ]),
];

/** 140 KB of lines: several blocks in every framing, offsets of one, two and three bytes. */
const large: readonly GoldenRecord[] = Array.from({ length: 8300 }, (_, index) =>
  record(Math.floor(index / 100), null, `line ${index % 7}`),
);

export const GOLDEN_RECORDS = { mixed, nullHeader, large } as const;

/** One file of golden bytes, as testdata/golden.json lists them. */
export interface GoldenBatch {
  /** File name in testdata without `.bin`. */
  readonly name: string;
  /** Name and version of the client that made the bytes. */
  readonly client: string;
  readonly compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
  readonly records: keyof typeof GOLDEN_RECORDS;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
}
